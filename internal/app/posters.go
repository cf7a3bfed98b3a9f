package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org"
)

type postersCommand struct {
	Place       `embed:""`
	URL         string `help:"Address that people use, such as https://12345.example.org; the codes lead there." required:"" env:"QINGFENG_URL"`
	Out         string `help:"File to write." short:"o" required:"" type:"path"`
	Size        string `help:"Paper: a3, a4, a5, a6, or sticker for a door." enum:"a3,a4,a5,a6,sticker" default:"a4"`
	Institution string `help:"Name or identifier of the institution." xor:"what" required:""`
	Region      string `help:"GB/T 2260 code of the region, all institutions in it." xor:"what" required:""`
	Make        bool   `help:"First make codes for the places of the institution that have none."`
}

// Run writes the posters into a file, which appears only when it is whole.
func (c *postersCommand) Run(ctx context.Context, w io.Writer) error {
	if err := c.exists(); err != nil {
		return err
	}
	s, err := Open(ctx, c.Place, Web{Limits: "on", URL: c.URL}, clock.System)
	if err != nil {
		return err
	}
	pdf, err := c.order(authz.With(ctx, authz.System()), s)
	if err == nil {
		err = writeWhole(c.Out, pdf.Write)
	}
	if err == nil {
		_, err = fmt.Fprintln(w, c.Out)
	}
	return errors.Join(err, s.Close())
}

// order asks for the posters.
func (c *postersCommand) order(ctx context.Context, s *System) (httpapi.File, error) {
	order := intake.PosterOrder{Region: c.Region, Size: c.Size}
	if c.Institution != "" {
		u, err := institutionCalled(ctx, s.DB, c.Institution)
		if err != nil {
			return httpapi.File{}, err
		}
		order.Institution = u
	}
	if c.Make && order.Institution != "" {
		in := intake.MakeCodesInput{}
		in.Body.Institution = order.Institution
		if _, err := s.Intake.MakeCodes(ctx, in); err != nil {
			return httpapi.File{}, err
		}
	}
	return s.Intake.Posters(ctx, intake.PostersInput{Body: order})
}

// institutionCalled returns the identifier of the institution that a person
// names by it or by its whole name.
func institutionCalled(ctx context.Context, d *db.DB, name string) (id string, err error) {
	err = d.Read(ctx, func(r db.Reader) error {
		if u, err := org.UnitByID(r, name); err == nil && u.Kind == org.Institution {
			id = u.ID
			return nil
		}
		page, err := org.Institutions(ctx, r, org.AskDirectory{Query: list.Query{Limit: list.CountCap}, Q: name})
		for _, u := range page.Items {
			if u.Name == name {
				id = u.ID
			}
		}
		return err
	})
	if err == nil && id == "" {
		err = fault.New(fault.NotFound, i18n.T("没有叫“%s”的机构", `no institution is called "%s"`), name).
			WithFix(i18n.T("请写全称，或用机构的标识", "give the whole name, or the identifier"))
	}
	return id, err
}

// writeWhole writes a file beside its place and moves it there, so that half a
// file never looks like a whole one.
func writeWhole(name string, write func(io.Writer) error) (err error) {
	f, err := os.CreateTemp(filepath.Dir(name), ".qingfeng-*")
	if err != nil {
		return fault.New(fault.Invalid, i18n.T("不能写入文件夹 %s", "cannot write into the folder %s"), filepath.Dir(name))
	}
	defer func() {
		if err != nil {
			_ = os.Remove(f.Name())
		}
	}()
	if err := errors.Join(write(f), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), name)
}
