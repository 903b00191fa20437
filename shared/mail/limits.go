package mail

// The limits of what is read of one mail. They are far above what people send
// and keep the worst that can be sent within a second and within memory
// (F25–F28). The raw mail is kept whole in any case.
const (
	maxHeaderBytes = 256 << 10 // all header fields together
	maxFieldBytes  = 64 << 10  // one header field
	maxFields      = 1000
	maxParts       = 300
	maxDepth       = 20
	maxTextBytes   = 256 << 10 // FullText, and what of a text part is decoded for it
	maxHTMLBytes   = 1 << 20
	maxLinks       = 1000
	maxAddresses   = 200  // of one header
	maxSubject     = 2000 // characters
	maxName        = 230  // bytes of a file name, short of what file systems allow
	maxPersonName  = 200  // characters
	maxRecipients  = 50   // of a bounce
	// maxForEnmime is the size above which the body goes straight to our own
	// splitter, which copies nothing: enmime reads byte by byte and holds each
	// part several times over.
	maxForEnmime = 512 << 10
)
