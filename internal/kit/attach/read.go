package attach

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/audit"
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
)

// Wanted is which file of a record somebody wants to see, and how. The input of an
// endpoint embeds it.
type Wanted struct {
	File     string  `path:"file" maxLength:"40"`
	Variant  Variant `query:"variant" enum:"copy,thumb,page" default:"copy"`
	Page     int     `query:"page" minimum:"1" maximum:"1000" default:"1" doc:"Of a document, for the variant page."`
	Download bool    `query:"download" doc:"To be kept: whole, and noted each time."`
}

// Sight is the record whose file is seen, and what is noted of it.
type Sight struct {
	Record string
	Number string
	Place  string        // where who looks belongs; may be empty
	Took   string        // what the audit log says of a file that is taken away
	Saw    string        // what it says of one that is seen; empty: nothing
	Within time.Duration // the same person sees the same file once
}

// Reading shows files of records to those who may see them, which is for the
// record's module to say, and notes it.
type Reading struct {
	DB    *db.DB
	Audit *audit.Log
	Now   clock.Clock
}

// Open has open show a file with the name of the actor across it. What is taken
// away is noted, and so is what cannot be shown in place; a small picture is part of
// the page that it stands on.
func (x Reading) Open(ctx context.Context, w Wanted, of Sight, open func(Look) (httpapi.File, error)) (httpapi.File, error) {
	f, err := open(w.look(ctx, of, x.Now().In(clock.Shanghai)))
	if err != nil || w.Variant == Thumb {
		return f, err
	}
	switch {
	case w.Download || !f.Inline:
		err = x.DB.InTx(ctx, func(tx *db.Tx) error { return x.Audit.Append(ctx, tx, of.Took, of.Record, "", FileDetail, w.File) })
	case of.Saw != "":
		err = x.DB.InTx(ctx, func(tx *db.Tx) error {
			return x.Audit.AppendOnceFor(ctx, tx, of.Saw, of.Record, FileDetail, w.File, of.Within)
		})
	}
	if err != nil && f.Content != nil {
		_ = f.Content.Close() // only read
	}
	return f, err
}

// look is how the actor looks at a moment.
func (w Wanted) look(ctx context.Context, of Sight, at time.Time) Look {
	me := authz.From(ctx).Name
	words := strings.Join(strings.Fields(strings.Join([]string{me, of.Place, at.Format("2006-01-02 15:04"), of.Number}, " ")), " ")
	return Look{Variant: w.Variant, Page: w.Page, Download: w.Download, Words: words, Suffix: me + " " + at.Format("20060102-1504")}
}

// OpenOf is Open for a file that hangs on one of some records. Fault: NotFound where
// it does not.
func (s *Service) OpenOf(ctx context.Context, file string, l Look, owners ...Owner) (out httpapi.File, err error) {
	var f File
	err = s.db.Read(ctx, func(r db.Reader) error {
		f, err = s.ByID(r, file)
		if err == nil && !slices.Contains(owners, Owner{f.OwnerKind, f.OwnerID}) {
			err = fault.Missing(i18n.T("附件", "file"))
		}
		return err
	})
	if err != nil {
		return out, err
	}
	return s.Open(ctx, f, l)
}
