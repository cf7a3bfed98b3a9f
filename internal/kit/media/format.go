package media

import (
	"path"
	"slices"
	"strings"
	"unicode"
)

// Kind is what a file is to a person.
type Kind string

// The kinds.
const (
	Image    Kind = "image"
	Audio    Kind = "audio"
	Video    Kind = "video"
	Document Kind = "document"
)

// Type is what a file is to a program.
type Type struct {
	Kind Kind
	MIME string
	Ext  string // usual ending of a name, with its dot
}

// format is a type that is taken.
type format struct {
	Type
	sound   string   // MIME of the same container without pictures; empty elsewhere
	content []string // what mimetype calls it
	names   []string // endings of names that agree with it
	demuxer string   // ffmpeg's name for reading it; empty for pictures and documents
	muxer   string   // and for writing it
	check   func(Limits, *probe) error
}

const (
	mimeJPEG = "image/jpeg"
	mimePNG  = "image/png"
	mimeGIF  = "image/gif"
	mimeHEIC = "image/heic"
)

// formats is the list of what is taken.
var formats = []format{
	{Type: Type{Image, mimeJPEG, ".jpg"}, content: []string{mimeJPEG}, names: []string{".jpg", ".jpeg", ".jpe", ".jfif"}, check: checkPicture},
	{Type: Type{Image, mimePNG, ".png"}, content: []string{mimePNG, "image/apng"}, names: []string{".png"}, check: checkPicture},
	{Type: Type{Image, mimeGIF, ".gif"}, content: []string{mimeGIF}, names: []string{".gif"}, check: checkPicture},
	{Type: Type{Image, "image/webp", ".webp"}, content: []string{"image/webp"}, names: []string{".webp"}, check: checkPicture},
	{
		Type: Type{Image, mimeHEIC, ".heic"}, content: []string{mimeHEIC, "image/heif", "image/heic-sequence", "image/heif-sequence"},
		names: []string{".heic", ".heif"}, check: checkHEIC,
	},
	{Type: Type{Audio, "audio/mpeg", ".mp3"}, content: []string{"audio/mpeg"}, names: []string{".mp3"}, demuxer: "mp3", muxer: "mp3"},
	{Type: Type{Audio, "audio/aac", ".aac"}, content: []string{"audio/aac"}, names: []string{".aac"}, demuxer: "aac", muxer: "adts"},
	{Type: Type{Audio, "audio/amr", ".amr"}, content: []string{"audio/amr"}, names: []string{".amr"}, demuxer: "amr", muxer: "amr"},
	{Type: Type{Audio, "audio/wav", ".wav"}, content: []string{"audio/wav"}, names: []string{".wav"}, demuxer: "wav", muxer: "wav"},
	{Type: Type{Audio, "audio/ogg", ".ogg"}, content: []string{"audio/ogg"}, names: []string{".ogg", ".oga", ".opus"}, demuxer: "ogg", muxer: "ogg"},
	{
		Type: Type{Video, "video/mp4", ".mp4"}, sound: "audio/mp4", content: []string{"video/mp4", "video/x-m4v", "audio/mp4", "audio/x-m4a"},
		names: []string{".mp4", ".m4v", ".m4a"}, demuxer: "mov", muxer: "mp4", check: checkMovie,
	},
	{
		Type: Type{Video, "video/quicktime", ".mov"}, sound: "audio/quicktime", content: []string{"video/quicktime"},
		names: []string{".mov", ".qt"}, demuxer: "mov", muxer: "mov", check: checkMovie,
	},
	{
		Type: Type{Video, "video/3gpp", ".3gp"}, sound: "audio/3gpp", content: []string{"video/3gpp", "video/3gpp2"},
		names: []string{".3gp", ".3gpp", ".3g2"}, demuxer: "mov", muxer: "3gp", check: checkMovie,
	},
	{
		Type: Type{Video, "video/webm", ".webm"}, sound: "audio/webm", content: []string{"video/webm"},
		names: []string{".webm", ".weba"}, demuxer: "matroska", muxer: "webm", check: checkWebM,
	},
	{Type: Type{Document, "application/pdf", ".pdf"}, content: []string{"application/pdf"}, names: []string{".pdf"}, check: checkPDF},
	{Type: Type{Document, "text/plain", ".txt"}, content: []string{"text/plain", "text/csv", "text/tab-separated-values"}, names: []string{".txt"}},
	{Type: Type{Document, mimeDOCX, ".docx"}, names: []string{".docx"}},
	{Type: Type{Document, mimeXLSX, ".xlsx"}, names: []string{".xlsx"}},
}

const (
	mimeDOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
	mimeXLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
)

// formatOf returns the format of a type that Inspect named.
func formatOf(mime string) (format, bool) {
	i := slices.IndexFunc(formats, func(f format) bool { return f.MIME == mime || f.sound == mime && mime != "" })
	if i < 0 {
		return format{}, false
	}
	return formats[i], true
}

// silent returns the type of a container without pictures.
func (f format) silent() Type { return Type{Audio, f.sound, f.Ext} }

// agrees reports whether a file of format f may be called name. A name
// without an ending says nothing; one with an ending that is on no list is a
// lie or a danger.
func (f format) agrees(name string) bool {
	ext := ending(name)
	if ext == "" {
		return true
	}
	i := slices.IndexFunc(formats, func(g format) bool { return slices.Contains(g.names, ext) })
	if i < 0 {
		return false
	}
	said := formats[i]
	switch f.Kind {
	case Document:
		return f.MIME == said.MIME
	case Image:
		return said.Kind == Image
	default: // sound and pictures come in the same containers, and phones mix them up
		return said.plays()
	}
}

func (f format) plays() bool { return f.demuxer != "" }

// ending returns the ending of a name in small letters. What holds no Latin
// letter is none: "录音 2026.07.28" ends in a day. Whoever saves a file may drop
// dots and spaces at the end of its name.
func ending(name string) string {
	ext := strings.ToLower(path.Ext(strings.TrimRightFunc(name, func(r rune) bool { return r == '.' || unicode.IsSpace(r) })))
	letter := func(r rune) bool { return 'a' <= r && r <= 'z' }
	if !strings.ContainsFunc(ext, letter) || strings.ContainsFunc(ext, unicode.IsSpace) {
		return ""
	}
	return ext
}
