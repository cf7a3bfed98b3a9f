package prose

import (
	"bytes"
	"context"
	"errors"
	"time"
	"unicode/utf8"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/tool"
)

// pdfTime is how long a pdf may take.
const pdfTime = 30 * time.Second

// readPDF has pdftotext read a pdf from its input.
func (r *Reader) readPDF(ctx context.Context, content []byte) (string, error) {
	bounded, cancel := context.WithTimeout(ctx, pdfTime)
	defer cancel()
	out, err := r.box.Run(bounded, tool.Call{Name: "pdftotext", Program: r.pdfText, Args: []string{"-q", "-enc", "UTF-8", "-", "-"},
		In: bytes.NewReader(content), Time: pdfTime, File: MostBytes, Print: utf8.UTFMax * MostText})
	missing, lacks := errors.AsType[*tool.MissingError](err)
	switch {
	case err == nil:
		return string(out), nil
	case lacks:
		return "", fault.New(fault.Unavailable, i18n.T("本机没有安装 %s，读不了 PDF", "%s is not installed here, so no PDF can be read"), missing.Tool).
			WithFix(i18n.T("请上传 docx 或 txt，或请工程师安装 poppler-utils 和 util-linux", "upload docx or txt, or have poppler-utils and util-linux installed"))
	case errors.Is(err, tool.ErrPrints):
		return "", tooLarge()
	case ctx.Err() != nil:
		return "", err
	}
	return "", errors.Join(fault.New(fault.Invalid, i18n.T("PDF 已损坏或加了密", "the PDF is damaged or locked")), err)
}
