package prose

import (
	"bytes"
	"context"
	"errors"
	"os/exec"
	"time"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// pdfTime is how long a pdf may take.
const pdfTime = 30 * time.Second

// readPDF has pdftotext read a pdf from its input.
func readPDF(ctx context.Context, content []byte) (string, error) {
	tool, err := exec.LookPath("pdftotext")
	if err != nil {
		return "", fault.New(fault.Unavailable, i18n.T("本机没有安装 pdftotext，读不了 PDF", "pdftotext is not installed here, so no PDF can be read")).
			WithFix(i18n.T("请上传 docx 或 txt，或请工程师安装 poppler-utils", "upload docx or txt, or have poppler-utils installed"))
	}
	ctx, cancel := context.WithTimeout(ctx, pdfTime)
	defer cancel()
	cmd := exec.CommandContext(ctx, tool, "-q", "-enc", "UTF-8", "-", "-") //nolint:gosec // a tool of the machine, with our arguments
	cmd.Stdin, cmd.Env = bytes.NewReader(content), []string{}
	out := &bounded{left: 4 * MostText}
	cmd.Stdout = out
	if err := cmd.Run(); err != nil {
		return "", errors.Join(fault.New(fault.Invalid, i18n.T("PDF 已损坏或加了密", "the PDF is damaged or locked")), err)
	}
	if out.left < 0 {
		return "", tooLarge()
	}
	return joined(out.text.String()), nil
}

// bounded keeps so many bytes and counts the rest.
type bounded struct {
	text bytes.Buffer
	left int
}

// Write keeps what there is room for.
func (b *bounded) Write(p []byte) (int, error) {
	if b.left -= len(p); b.left >= 0 {
		_, _ = b.text.Write(p) // a buffer never fails
	}
	return len(p), nil
}
