package prose

import (
	"bytes"
	"context"
	"strings"
	"unicode/utf8"

	"golang.org/x/sync/semaphore"

	"qingfeng/internal/kit/charset"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/tool"
)

// Bounds of what is read.
const (
	MostBytes = 20 << 20 // of a file
	MostText  = 2 << 20  // characters
)

// atATime is how many documents are read at a time: one takes up to some hundred
// megabytes while it is read.
const atATime = 2

// Reader reads documents, a few at a time; others wait for their turn.
type Reader struct {
	turn    *semaphore.Weighted
	box     tool.Box
	pdfText string // path of pdftotext
}

// New returns a reader with the tools of this machine.
func New() *Reader {
	return &Reader{turn: semaphore.NewWeighted(atATime), box: tool.FindBox(), pdfText: tool.Find("pdftotext")}
}

// Read returns the text of a file, with line breaks as "\n". Faults: Invalid,
// TooLarge, Unavailable.
func (r *Reader) Read(ctx context.Context, content []byte) (text string, err error) {
	defer fault.Wrap(&err, "prose.Read")
	if len(content) > MostBytes {
		return "", tooLarge()
	}
	if err := r.turn.Acquire(ctx, 1); err != nil {
		return "", err
	}
	defer r.turn.Release(1)
	switch {
	case bytes.HasPrefix(content, []byte("PK\x03\x04")):
		text, err = readDocx(ctx, content)
	case bytes.HasPrefix(content, []byte("%PDF-")):
		text, err = r.readPDF(ctx, content)
	case bytes.HasPrefix(content, []byte("\xd0\xcf\x11\xe0")):
		return "", fault.New(fault.Invalid, i18n.T("这是旧版 Word 文件（.doc）", "this is an old Word file (.doc)")).
			WithFix(i18n.T("请在 Word 或 WPS 里另存为 .docx", "save it as .docx in Word or WPS"))
	default:
		text, err = readText(content)
	}
	if err != nil {
		return "", err
	}
	text = strings.NewReplacer("\r\n", "\n", "\r", "\n", "\f", "\n").Replace(text)
	switch {
	case utf8.RuneCountInString(text) > MostText:
		return "", tooLarge()
	case strings.TrimSpace(text) == "":
		return "", fault.New(fault.Invalid, i18n.T("文件里没有文字", "there is no text in the file")).
			WithFix(i18n.T("扫描件请先识别成文字", "a scan must be turned into text first"))
	}
	return text, nil
}

func tooLarge() error {
	return fault.New(fault.TooLarge, i18n.T("文件太大", "the file is too large")).
		WithFix(i18n.T("请只上传方案正文", "upload the text alone"))
}

// readText reads a txt file in one of the encodings that are met in offices.
func readText(content []byte) (string, error) {
	text, err := charset.Decode(content)
	if err != nil {
		return "", fault.New(fault.Invalid, i18n.T("不认识这种文件", "this kind of file is not known")).
			WithFix(i18n.T("请上传 txt、docx 或 pdf", "upload a txt, docx or pdf file"))
	}
	return text, nil
}
