package rates

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/official"
	"qingfeng/internal/org"
)

// PackFormat is a kind of file of a pack.
type PackFormat string

// The formats.
const (
	AsWorkbook PackFormat = "xlsx"
	AsCircular PackFormat = "docx"
)

// ExportPackInput names a pack and a kind of file.
type ExportPackInput struct {
	PackInput
	Format PackFormat `query:"format" enum:"xlsx,docx" default:"xlsx" doc:"A workbook with every row, or an official document (GB/T 9704), which is in Chinese."`
}

// cut is how much of its lists the file holds. A document is read by people; its
// enclosure is the workbook, which has all.
func (f PackFormat) cut() cut {
	if f == AsCircular {
		return cut{rows: 500, hard: 100}
	}
	return cut{}
}

// ExportPack returns the monthly pack as a file. It is made as the page is, so
// that no figure can differ. The copy is noted in the audit log.
func (s *Service) ExportPack(ctx context.Context, in ExportPackInput) (f httpapi.File, err error) {
	defer fault.Wrap(&err, "rates.ExportPack(%s)", in.ID)
	if in.Format == AsCircular {
		ctx = i18n.WithLang(ctx, i18n.ZH)
	}
	p, err := s.pack(ctx, in.PackInput, in.Format.cut())
	if err != nil {
		return f, err
	}
	if f, err = s.packFile(ctx, p, in.Format); err != nil {
		return f, err
	}
	return f, s.DB.InTx(ctx, func(tx *db.Tx) error { return s.Audit.Append(ctx, tx, "rates.pack.export", in.ID, "") })
}

func (s *Service) packFile(ctx context.Context, p Pack, format PackFormat) (f httpapi.File, err error) {
	if format != AsCircular {
		return p.workbook(ctx), nil
	}
	var issuer org.Unit
	if err = s.DB.Read(ctx, func(r db.Reader) (err error) {
		issuer, err = org.CommissionAbove(r, p.Window.Scope)
		return err
	}); err != nil {
		return f, err
	}
	return official.File(p.called().Here(ctx), p.circular(issuer.Name))
}

// called is what the file of the pack is called.
func (p Pack) called() i18n.Text {
	return i18n.T("%s月度通报 %s", "%s: monthly pack, %s").With(p.Region, p.Window.Label)
}
