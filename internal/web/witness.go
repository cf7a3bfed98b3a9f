package web

import (
	"context"
	"net/http"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/mod/inspection"
)

// The fields of a witness's page.
const (
	fieldCommitment = "commitment"
	fieldSecret     = "secret"
)

// witnessAt is where the links of witnesses lead to.
const witnessAt = "/w/"

// seat is the page of a witness of a draw, who has no account.
type seat struct {
	view
	inspection.Seat
	Refused complaints // about what was sent
	Problem *httpapi.Problem
}

// phase is what the witness has to do now.
func (s seat) phase() string {
	switch {
	case s.Draw.State == inspection.Void:
		return "void"
	case s.Witness.Commitment == "":
		return "commit"
	case s.Draw.State == inspection.Frozen:
		return "wait"
	case s.Witness.Secret == "":
		return "reveal"
	}
	return "done"
}

func (p *Pages) witness(w http.ResponseWriter, r *http.Request) error {
	x, err := p.Inspections.WitnessSeat(r.Context(), r.PathValue("token"))
	if err != nil {
		return err
	}
	return p.show(w, r, http.StatusOK, seatPage(seat{view: p.view(r), Seat: x}))
}

// takePart takes the hash of a witness's secret, or the secret.
func (p *Pages) takePart(w http.ResponseWriter, r *http.Request) error {
	r.Body = http.MaxBytesReader(w, r.Body, maxWitness)
	token, act := r.PathValue("token"), p.Inspections.CommitSecret
	said := r.PostFormValue(fieldCommitment)
	if r.PostForm.Has(fieldSecret) { // be it empty
		act, said = p.Inspections.RevealSecret, r.PostFormValue(fieldSecret)
	}
	_, why := act(r.Context(), token, said)
	if why == nil {
		http.Redirect(w, r, p.view(r).to(witnessAt+token), http.StatusSeeOther)
		return nil
	}
	if !fault.Is(why, fault.Invalid) && !fault.Is(why, fault.Conflict) {
		return why
	}
	x, err := p.Inspections.WitnessSeat(r.Context(), token)
	if err != nil {
		return err
	}
	page, problem := seat{view: p.view(r), Seat: x}, httpapi.ProblemOf(r.Context(), why)
	if page.Refused = fault.Details(why); len(problem.Errors) == 0 {
		page.Refused, page.Problem = nil, problem
	}
	return p.show(w, r, problem.Status, seatPage(page))
}

// maxWitness is how long what a witness sends may be, in bytes.
const maxWitness = 8 << 10

// witnessName is what a witness is called.
func witnessName(ctx context.Context, w inspection.WitnessSeat) string {
	if w.Program {
		return say(ctx, "本系统", "The program")
	}
	return w.Name
}

// digesting is the command that makes the digest of a secret.
func digesting(ctx context.Context) string {
	return "printf %s '" + say(ctx, "随机数", "secret") + "' | sha256sum"
}

// standingOf says how far a witness is.
func standingOf(ctx context.Context, w inspection.WitnessSeat) string {
	switch {
	case w.Secret != "":
		return say(ctx, "已公开", "revealed")
	case w.Commitment != "":
		return say(ctx, "已提交摘要", "committed")
	case !w.OpenedAt.IsZero():
		return say(ctx, "打开过链接，还没有提交", "has opened the link, not committed yet")
	}
	return say(ctx, "还没有提交", "not yet")
}
