package web

import (
	"context"
	"crypto/rand"
	"errors"
	"net/http"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/limit"
	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org/demand"
)

// The fields of the form, as scripts use them (the contract of the report
// page) and as the page adds to them.
const (
	fieldCategory   = "category"
	fieldOther      = "category_other" // the category, where the card "something else" was chosen
	fieldNarrative  = "narrative"
	fieldWish       = "wish"
	fieldAbout      = "about"
	fieldLeader     = "about_leader"
	fieldOccurredOn = "occurred_on"
	fieldMode       = "mode"
	fieldName       = "reporter_name"
	fieldPhone      = "reporter_phone"
	fieldMask       = "mask_voice"
	fieldKey        = "idempotency_key"
	fieldChallenge  = "challenge"
	fieldCounter    = "counter"
	answerPrefix    = "answers." // before the key of a question
)

// reportForm is all that the report page shows.
type reportForm struct {
	view
	Token   string // as it was scanned, known or not
	Spot    intake.Spot
	Known   bool // the spot is known, by a code or by choice
	Strange bool // there was a code, but it is unknown or no longer in use
	// Replaced says that the code made room for another; the institution is
	// chosen already, and may be changed.
	Replaced bool
	Choice   *choice // how to say where it was; nil when it is known
	Typed    filled
	Problem  *httpapi.Problem // what is wrong with the whole; nil when nothing is
	Puzzle   limit.Puzzle
	Flooded  bool // the puzzle must be solved before the form is taken
	Today    string
}

// openForm shows an empty form: behind a code, or for an institution that was
// chosen by hand.
func (p *Pages) openForm(w http.ResponseWriter, r *http.Request) error {
	f := newFilled()
	q := query(r.URL.Query())
	for _, name := range []string{fieldRegion, fieldInstitution, fieldFind, fieldCategory} {
		f.text[name] = q(name)
	}
	page, err := p.reportForm(r, f)
	if err != nil {
		return err
	}
	if page.Spot.Code != "" && r.Method == http.MethodGet && len(r.URL.RawQuery) == 0 {
		p.Intake.Scanned(page.Spot.Code)
	}
	return p.show(w, r, http.StatusOK, reportPage(page))
}

// reportForm finds out where the person stands and makes the page of what was
// typed so far.
func (p *Pages) reportForm(r *http.Request, typed filled) (page reportForm, err error) {
	ctx := r.Context()
	page = reportForm{view: p.view(r), Token: r.PathValue("token"), Typed: typed, Today: p.Now().In(clock.Shanghai).Format(time.DateOnly)}
	page.Again = "report"
	if page.Typed.text[fieldKey] == "" {
		page.Typed.text[fieldKey] = rand.Text()
	}
	if page.Token != "" {
		if page.Spot, page.Known, err = p.Intake.Spot(ctx, page.Token); err != nil {
			return page, err
		}
		page.Strange, page.Replaced = !page.Known, page.Spot.Replaced
		if page.Replaced && r.Method == http.MethodGet && page.Typed.text[fieldInstitution] == "" {
			page.Typed.text[fieldInstitution] = page.Spot.Institution.ID
		}
	}
	if !page.Known {
		if err := p.byChoice(ctx, &page); err != nil {
			return page, err
		}
	}
	page.Puzzle = p.Gate.Puzzle("report", page.Spot.Code)
	return page, nil
}

// byChoice takes the place that a person without a code chose.
func (p *Pages) byChoice(ctx context.Context, page *reportForm) (err error) {
	get := func(name string) string { return page.Typed.text[name] }
	if page.Spot, page.Known, err = p.Intake.Chosen(ctx, get(fieldInstitution)); err != nil || page.Known && !page.Strange && get(fieldFind) == "" && get(fieldRegion) == "" {
		return err
	}
	page.Known = false
	c, err := p.choose(ctx, get)
	page.Choice = &c
	if err == nil && page.Spot.Office.ID == "" {
		page.Spot.Office, err = p.Intake.Home(ctx)
	}
	return err
}

// submit takes a report, or shows the form again with everything that was
// typed and what is wrong with it.
func (p *Pages) submit(w http.ResponseWriter, r *http.Request) error {
	f, broken := p.read(w, r, p.door(r, func(text map[string]string) error { return p.mayReport(r, text) }))
	page, err := p.reportForm(r, f)
	if err != nil {
		return err
	}
	if broken != nil {
		return p.formAgain(w, r, page, broken)
	}
	if f.text[fieldDo] != "" { // asked for another language, or for a list of institutions
		return p.show(w, r, http.StatusOK, reportPage(page))
	}
	sub := page.submission()
	if len(f.wrong) > 0 {
		return p.formAgain(w, r, page, sub.Validate())
	}
	accepted, err := p.Intake.Submit(r.Context(), sub, intake.Origin{})
	if err != nil {
		return p.formAgain(w, r, page, err)
	}
	return p.slip(w, r, slip{Receipt: accepted.Receipt, CaseNumber: accepted.CaseNumber, Deadline: accepted.Deadline, New: true})
}

// formAgain shows a refused form as it was filled in.
func (p *Pages) formAgain(w http.ResponseWriter, r *http.Request, page reportForm, why error) error {
	status := http.StatusUnprocessableEntity
	if why != nil {
		page.Typed.wrong, page.Problem = blame(r.Context(), page.Typed.wrong, why)
	}
	if page.Problem != nil {
		status = page.Problem.Status
		copyHeaders(w, page.Problem)
	}
	p.dropRefused(r.Context(), &page.Typed, why)
	if puzzle, ok := puzzleOf(why); ok { // nothing is wrong with the form: it has to wait
		page.Puzzle, page.Flooded, page.Problem = puzzle, true, nil
	}
	p.dropLost(r.Context(), &page.Typed)
	return p.show(w, r, status, reportPage(page))
}

// blame splits an error into complaints about fields, added to those there
// are, and a problem about the whole, which is nil when the fields say it all.
func blame(ctx context.Context, known complaints, why error) (complaints, *httpapi.Problem) {
	about := complaintsOf(why)
	for _, d := range about {
		known.add(d.Field, d.Text)
	}
	if len(about) > 0 && fault.KindOf(why) == fault.Invalid {
		return known, nil
	}
	return known, httpapi.ProblemOf(ctx, why)
}

// complaintsOf collects what every fault in err says about fields; one error
// may be several joined.
func complaintsOf(err error) (out complaints) {
	switch e := err.(type) { //nolint:errorlint // this is what walks through the wrapping
	case *fault.Error:
		if e.Field != "" {
			out.add(e.Field, e.Text)
		}
		for _, d := range e.Fields {
			out.add(d.Field, d.Text)
		}
	case interface{ Unwrap() []error }:
		for _, one := range e.Unwrap() {
			for _, d := range complaintsOf(one) {
				out.add(d.Field, d.Text)
			}
		}
	case interface{ Unwrap() error }:
		return complaintsOf(e.Unwrap())
	}
	return out
}

func puzzleOf(err error) (limit.Puzzle, bool) {
	e, ok := errors.AsType[*fault.Error](err)
	if !ok {
		return limit.Puzzle{}, false
	}
	puzzle, ok := e.Hint.(limit.Puzzle)
	return puzzle, ok
}

// dropLost leaves out files that have expired since they arrived, and says
// which, so that the form can be sent without them.
func (p *Pages) dropLost(ctx context.Context, f *filled) {
	if f.wrong.of(fieldFiles).Zero() {
		return
	}
	f.files = slices.DeleteFunc(f.files, func(x file) bool {
		_, err := p.Uploads.Keep(ctx, x.ID)
		lost := fault.Is(err, fault.NotFound)
		if lost {
			f.lost(x.Name)
		}
		return lost
	})
}

// solution is the solved puzzle that a form brings.
func solution(text map[string]string) limit.Solution {
	return limit.Solution{Challenge: text[fieldChallenge], Counter: text[fieldCounter]}
}

// submission puts the form into intake's words.
func (page reportForm) submission() intake.Submission {
	text := page.Typed.text
	sub := intake.Submission{
		Category: chosenCategory(text), Narrative: text[fieldNarrative], Wish: text[fieldWish], About: text[fieldAbout],
		AboutLeader: text[fieldLeader] != "", OccurredOn: strings.TrimSpace(text[fieldOccurredOn]), Mode: demand.Mode(text[fieldMode]),
		ReporterName: text[fieldName], ReporterPhone: text[fieldPhone], Files: page.Typed.ids(), MaskVoice: text[fieldMask] != "", IdempotencyKey: text[fieldKey],
		Solution: solution(text), Answers: map[string]string{},
	}
	if page.Spot.Code != "" {
		sub.Token = page.Token
	} else {
		sub.Region, sub.Institution = text[fieldRegion], text[fieldInstitution]
	}
	for _, q := range intake.QuestionsOf(sub.Category) {
		if a := q.Stored(text[answerPrefix+q.Key]); a != "" && q.Knows(a) {
			sub.Answers[q.Key] = a
		}
	}
	if sub.Mode == demand.Anonymous { // what was typed before the choice changed is nobody's business
		sub.ReporterName, sub.ReporterPhone = "", ""
	}
	return sub
}

// chosenCategory is the category of the card, or the one of the list behind
// the card "something else".
func chosenCategory(text map[string]string) string {
	if other := text[fieldOther]; text[fieldCategory] == otherCard && other != "" {
		return other
	}
	return text[fieldCategory]
}
