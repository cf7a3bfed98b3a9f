package web

import (
	"context"
	"log/slog"
	"net/http"
	"slices"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/mod/intake"
)

// door lets in the files of a form when may allows it and the sender has not
// sent too many, by whichever way.
func (p *Pages) door(r *http.Request, may func(text map[string]string) error) door {
	return door{receive: p.Uploads.Receive, may: func(text map[string]string) error {
		return fault.First(func() error { return may(text) }, func() error { return p.MayUpload(r) })
	}}
}

// read reads a form. What came with one that cannot be taken does not stay.
func (p *Pages) read(w http.ResponseWriter, r *http.Request, d door) (filled, error) {
	f, err := readForm(w, r, d)
	if err != nil {
		p.drop(r.Context(), &f)
	}
	return f, err
}

// mayReport refuses the files of a report for which work is asked that nobody
// has done.
func (p *Pages) mayReport(r *http.Request, text map[string]string) error {
	spot, _, err := p.Intake.Spot(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return p.Gate.Ask("report", spot.Code, solution(text))
}

// hasReceipt refuses the files of whoever names no receipt of ours.
func (p *Pages) hasReceipt(r *http.Request, text map[string]string) error {
	receipt, ok := intake.ParseReceipt(text[fieldReceipt])
	if !ok {
		return badReceipt()
	}
	_, err := p.Intake.Resolve(r.Context(), string(receipt))
	return err
}

func badReceipt() error {
	return fault.New(fault.Invalid, i18n.T("回执号是 16 位数字", "a receipt has sixteen digits")).
		WithFix(i18n.T("请对照记下的号码再输入一次，空格不影响", "please compare it with what you wrote down; spaces do not matter"))
}

// dropRefused removes the files of a form that its sender cannot mend. Those of
// one with a mistake in it, or that met a failure of ours, go with the next one.
func (p *Pages) dropRefused(ctx context.Context, f *filled, why error) {
	if !slices.Contains([]fault.Kind{fault.Invalid, fault.Unavailable, fault.Internal}, fault.KindOf(why)) {
		p.drop(ctx, f)
	}
}

// drop removes the files that came with this very form, and says that they have
// to be chosen again.
func (p *Pages) drop(ctx context.Context, f *filled) {
	f.files = slices.DeleteFunc(f.files, func(x file) bool {
		if !x.came {
			return false
		}
		if err := p.Uploads.Discard(context.WithoutCancel(ctx), x.ID); err != nil {
			slog.ErrorContext(ctx, "file of a refused form not removed; it will expire", "err", err)
		}
		f.lost(x.Name)
		return true
	})
}
