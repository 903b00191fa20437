package mail

import "strings"

// extensionOf is the usual ending of a kind. The table of the machine is not
// asked: the same mail must give the same names everywhere. Of a text nobody
// knows more than that it is one.
func extensionOf(kind string) string {
	family, form, _ := strings.Cut(kind, "/")
	switch family {
	case "image", "audio", "video":
		return mediaExtension(form)
	case "message":
		return messageExtension(form)
	case "text":
		return textExtension(form)
	case "application":
		if ending := officeExtension(form); ending != "" {
			return ending
		}
		return fileExtension(form)
	}
	return ".bin"
}

// messageExtension tells mails, and pieces of one, from what is told about a mail,
// which are lines of text.
func messageExtension(form string) string {
	switch form {
	case "rfc822", "global", "news", "partial":
		return ".eml"
	}
	return ".txt"
}

// mediaExtension is that of a picture, a sound or a film: phones send all three
// without a name.
func mediaExtension(form string) string {
	switch form {
	case "jpeg", "jpg", "pjpeg":
		return ".jpg"
	case "x-png":
		return ".png"
	case "png", "gif", "bmp", "webp", "tiff", "heic", "heif", "avif", "mp4", "ogg", "wav", "webm", "amr", "aac", "3gpp":
		return "." + form
	case "svg+xml":
		return ".svg"
	case "mpeg", "mp3":
		return ".mp3"
	case "x-wav":
		return ".wav"
	case "x-m4a":
		return ".m4a"
	case "quicktime":
		return ".mov"
	}
	return ".bin"
}

func textExtension(form string) string {
	switch form {
	case "html", "xml", "csv", "rtf", "css":
		return "." + form
	case "vcard", "x-vcard", "directory":
		return ".vcf"
	case "markdown", "x-markdown":
		return ".md"
	}
	return ".txt"
}

func officeExtension(form string) string {
	form = strings.TrimPrefix(strings.TrimPrefix(form, "vnd.openxmlformats-officedocument."), "vnd.oasis.opendocument.")
	switch form {
	case "msword":
		return ".doc"
	case "wordprocessingml.document":
		return ".docx"
	case "vnd.ms-excel":
		return ".xls"
	case "spreadsheetml.sheet":
		return ".xlsx"
	case "vnd.ms-powerpoint":
		return ".ppt"
	case "presentationml.presentation":
		return ".pptx"
	case "vnd.ms-outlook":
		return ".msg"
	case "text":
		return ".odt"
	case "spreadsheet":
		return ".ods"
	case "presentation":
		return ".odp"
	}
	return ""
}

func fileExtension(form string) string {
	switch form {
	case "pdf", "rtf", "xml", "json", "zip", "gzip":
		return "." + form
	case "x-zip-compressed":
		return ".zip"
	case "x-gzip":
		return ".gzip"
	case "x-rar-compressed", "vnd.rar", "x-rar":
		return ".rar"
	case "x-7z-compressed":
		return ".7z"
	case "ics":
		return ".ics"
	case "pgp-encrypted", "pgp-keys":
		return ".asc"
	case "pkcs7-signature", "x-pkcs7-signature":
		return ".p7s"
	case "pkcs7-mime", "x-pkcs7-mime":
		return ".p7m"
	}
	return ".bin"
}
