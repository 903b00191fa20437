package mail

import (
	"strings"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

var (
	// isoLabel and windowsLabel are the families that programs spell in every way:
	// `ISO8859_1`, `iso-8859-15-windows`, `win1251`, `x-cp-1252`.
	isoLabel     = lazily(`^(iso)?[-_]?8859[-_]?(\d{1,2})(-[ie])?([-_.:].*)?$`)
	windowsLabel = lazily(`^(windows|win|cp|ms|ansi|microsoft)[-_]?(cp)?[-_]?(125\d|874)([-_.].*)?$`)
	dosLabel     = lazily(`^(cp|ibm|dos|oem)[-_]?(437|85\d|86\d)$`)
	utfLabel     = lazily(`^(unicode-(1-1|2-0)-)?utf[-_ ]?(7|8|16|32)(le|be)?(mb\d|-imap|n|-strict|,.*)?$`)
)

// charsetLabel brings a declaration to the form of the tables: some programs
// write quotes, a year, or the parameter's own name into it.
func charsetLabel(charset string) string {
	if charset == "" || charset == "utf-8" {
		return charset
	}
	label := strings.ToLower(strings.Trim(charset, " \t\"'<>;,\\"))
	label = strings.TrimPrefix(label, "charset=")
	label = strings.TrimPrefix(strings.Trim(label, " \"'"), "x-")
	label, _, _ = strings.Cut(label, ":")
	label, _, _ = strings.Cut(label, "*")
	label = strings.TrimPrefix(label, "cs")
	if m := utfLabel().FindStringSubmatch(label); m != nil {
		return "utf-" + m[3] + m[4]
	}
	if m := isoLabel().FindStringSubmatch(label); m != nil {
		return "iso-8859-" + strings.TrimLeft(m[2], "0") + m[3]
	}
	if m := windowsLabel().FindStringSubmatch(label); m != nil {
		return "windows-" + m[3]
	}
	if m := dosLabel().FindStringSubmatch(label); m != nil {
		return "cp" + m[2]
	}
	switch label {
	case "ascii", "us", "usascii", "us_ascii", "ansi_x3.4-1968", "iso646-us", "iso-646-us", "iso_646.irv", "cp367", "ibm367":
		return "us-ascii"
	case "latin1", "latin-1", "l1", "isolatin1", "iso-ir-100", "cp819", "ibm819", "ansi", "latin":
		return "iso-8859-1"
	case "unicode":
		return "utf-16"
	}
	return label
}

// encodingOf finds an encoding by its label, nil when there is none. The labels
// listed here are those that programs write and no standard knows.
func encodingOf(label string) encoding.Encoding {
	if enc := easternEncoding(label); enc != nil {
		return enc
	}
	switch label {
	case "cp850":
		return charmap.CodePage850
	case "cp858":
		return charmap.CodePage858
	case "utf-16", "ucs-2", "iso-10646-ucs-2":
		return unicode.UTF16(unicode.BigEndian, unicode.UseBOM)
	case "utf-32", "utf-32be", "ucs-4", "iso-10646-ucs-4":
		return utf32.UTF32(utf32.BigEndian, utf32.UseBOM)
	case "utf-32le":
		return utf32.UTF32(utf32.LittleEndian, utf32.UseBOM)
	case "latin9", "latin-9", "l9", "latin0":
		return charmap.ISO8859_15
	case "macroman", "mac-roman", "mac", "macintosh":
		return charmap.Macintosh
	case "tis620", "tis-620", "thai", "iso-8859-11":
		return charmap.Windows874
	}
	if enc, err := htmlindex.Get(label); err == nil && enc != encoding.Replacement {
		return enc
	}
	if enc, err := ianaindex.MIME.Encoding(label); err == nil && enc != nil {
		return enc
	}
	return nil
}

// easternEncoding knows the charsets of two bytes and their many names.
func easternEncoding(label string) encoding.Encoding {
	switch label {
	case "cp932", "ms932", "windows-31j", "sjis", "shift-jis", "shiftjis", "shift_jis", "windows-932", "ms_kanji":
		return japanese.ShiftJIS
	case "euc-jp", "eucjp", "euc_jp", "ujis", "cp51932":
		return japanese.EUCJP
	case "iso-2022-jp", "iso-2022-jp-1", "iso-2022-jp-2", "iso-2022-jp-3", "iso-2022-jp-ms", "iso2022jp", "iso2022-jp", "cp50220", "cp50221", "jis":
		return japanese.ISO2022JP
	case "cp949", "uhc", "euc-kr", "euckr", "euc_kr", "ks_c_5601", "ks_c_5601-1987", "ks_c_5601-1989", "ksc5601", "ksc_5601", "ks_c_5601_1987", "windows-949", "ms949", "korean":
		return korean.EUCKR
	case "cp936", "ms936", "gbk", "gb2312", "gb-2312", "gb_2312", "gb_2312-80", "gb2312-80", "gb2312_charset", "euc-cn", "euccn", "windows-936", "chinesegb":
		return simplifiedchinese.GBK
	case "gb18030", "gb-18030", "gb_18030":
		return simplifiedchinese.GB18030
	case "hz-gb-2312", "hz":
		return simplifiedchinese.HZGB2312
	case "big5", "big-5", "big5-hkscs", "big5hkscs", "big5-eten", "cp950", "ms950", "windows-950", "chinesebig5":
		return traditionalchinese.Big5
	}
	return nil
}

// isDoubleByte says whether letters beyond ASCII take two bytes in a charset.
func isDoubleByte(label string) bool { return easternEncoding(label) != nil }

// decodeISO2022KR reads RFC 1557, which x/text leaves out: between shift-out and
// shift-in stand the letters of EUC-KR without their high bits.
func decodeISO2022KR(text []byte) string {
	var out []byte
	shifted := false
	for i := 0; i < len(text); i++ {
		switch c := text[i]; {
		case c == 0x1b && i+3 < len(text) && string(text[i+1:i+4]) == "$)C":
			i += 3
		case c == 0x0e:
			shifted = true
		case c == 0x0f || c == '\n':
			shifted = false
			if c == '\n' {
				out = append(out, c)
			}
		case shifted && c > ' ' && c < 0x7f:
			out = append(out, c|0x80)
		default:
			out = append(out, c)
		}
	}
	return decodeWith(korean.EUCKR, out)
}
