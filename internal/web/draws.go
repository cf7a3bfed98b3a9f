package web

import (
	"context"
	"io"
	"net/http"
	"slices"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/mod/inspection"
)

const (
	// mostChecked is how many records are checked at a time.
	mostChecked = 4
	// mostDrawn is how much of a result a page shows; the file has all of it.
	mostDrawn = 200
	// mostSaid is how much a page repeats of what a stranger's record says, in
	// characters, and mostWrong how many mistakes it names.
	mostSaid  = 300
	mostWrong = 10
)

func (p *Pages) draws(w http.ResponseWriter, r *http.Request) error {
	return showList(p, w, r, func(ctx context.Context, f finder) (list.Page[inspection.PublicDraw], error) {
		return p.Inspections.PublicDraws(ctx, inspection.PublicDrawsInput{Query: f.page(noticesPage), Region: f.Choice.Region})
	}, drawsPage)
}

// lot is the page of a draw.
type lot struct {
	finder
	inspection.PublicDraw
	Record *inspection.Record // once it is published
	names  map[string]string  // of targets and inspectors
}

func (p *Pages) draw(w http.ResponseWriter, r *http.Request) error {
	f, err := p.finder(r)
	if err != nil {
		return err
	}
	of := named(r)
	page := lot{finder: f, names: map[string]string{}}
	if page.PublicDraw, err = p.Inspections.PublicDraw(r.Context(), of); err != nil {
		return err
	}
	if page.State == inspection.DrawPublished {
		rec, err := p.Inspections.PublishedRecord(r.Context(), of)
		if err != nil {
			return err
		}
		page.take(&rec)
	}
	return p.showAll(w, r, drawPage(page))
}

// take takes a record and the names in it.
func (l *lot) take(rec *inspection.Record) {
	l.Record = rec
	for _, x := range rec.List.Targets {
		l.names[x.ID] = x.Name
	}
	for _, x := range rec.List.Inspectors {
		l.names[x.ID] = x.Name
	}
}

// name is what something of the record is called.
func (l lot) name(id string) string {
	if n := l.names[id]; n != "" {
		return n
	}
	return id
}

// witnessed reports whether the program is among the witnesses.
func (l lot) witnessed() bool {
	return slices.ContainsFunc(l.Witnesses, func(w inspection.WitnessSeat) bool { return w.Program })
}

// teams reports whether inspectors were drawn too.
func (l lot) teams() bool { return l.Of == inspection.OfTargets }

func (l lot) fileName() string { return l.Number + ".json" }

// shown is the part of the result that the page shows.
func (l lot) shown() []inspection.Drawn {
	return l.Record.Result[:min(len(l.Record.Result), mostDrawn)]
}

// drawFile answers with the record of a draw, to be saved.
func (p *Pages) drawFile(w http.ResponseWriter, r *http.Request) error {
	f, err := p.Inspections.PublicRecord(r.Context(), named(r))
	if err != nil {
		return err
	}
	httpapi.Serve(w, r, f)
	return nil
}

// check is the page that checks records of draws.
type check struct {
	view
	Verdict *inspection.Verdict // of a record that holds
	Wrong   []string            // with a record that does not
	// Refused and Problem say why nothing was checked.
	Refused complaints
	Problem *httpapi.Problem
}

func (p *Pages) askRecord(w http.ResponseWriter, r *http.Request) error {
	return p.showAll(w, r, checkPage(check{view: p.view(r)}))
}

// checkPublished checks the record that is published here.
func (p *Pages) checkPublished(w http.ResponseWriter, r *http.Request) error {
	f, err := p.Inspections.PublicRecord(r.Context(), named(r))
	if err != nil {
		return err
	}
	defer func() { _ = f.Content.Close() }()
	text, err := io.ReadAll(f.Content)
	if err != nil {
		return err
	}
	return p.examine(w, r, check{view: p.view(r)}, text)
}

// checkRecord checks a record that is handed in. It is kept nowhere.
func (p *Pages) checkRecord(w http.ResponseWriter, r *http.Request) error {
	page := check{view: p.view(r)}
	var text []byte
	f, err := readForm(w, r, door{may: func(map[string]string) error { return p.MayUpload(r) },
		receive: func(_ context.Context, _, _ string, from io.Reader) (string, error) {
			read, err := io.ReadAll(io.LimitReader(from, inspection.MaxExamined+1))
			if err == nil && len(read) > inspection.MaxExamined {
				err = inspection.ErrTooLong()
			}
			text = read
			return "", err
		}})
	if err != nil {
		return p.unchecked(w, r, page, err)
	}
	page.Refused = f.wrong
	if len(f.files) == 0 && len(f.wrong) == 0 {
		page.Refused.add(fieldFiles, i18n.T("请先选择抽取记录文件", "please choose the record of a draw first"))
	}
	if len(page.Refused) > 0 {
		return p.show(w, r, http.StatusUnprocessableEntity, checkPage(page))
	}
	return p.examine(w, r, page, text)
}

// examine checks a record and says what came of it.
func (p *Pages) examine(w http.ResponseWriter, r *http.Request, page check, text []byte) error {
	select {
	case p.checking <- struct{}{}:
		defer func() { <-p.checking }()
	default:
		return p.unchecked(w, r, page, fault.New(fault.Unavailable, i18n.T("正在核验别人的记录", "other records are being checked")).
			WithFix(i18n.T("请过几秒钟再试", "please try again in a few seconds")))
	}
	v, err := p.Inspections.Examine(r.Context(), text)
	switch {
	case err == nil:
		page.Verdict = &v
		return p.show(w, r, http.StatusOK, checkPage(page))
	case inspection.NoRecord(err):
		return p.unchecked(w, r, page, err)
	case !fault.Is(err, fault.Invalid) && !fault.Is(err, fault.NotFound) && !fault.Is(err, fault.Conflict):
		return p.unchecked(w, r, page, err)
	}
	page.Wrong = wrongWith(httpapi.ProblemOf(r.Context(), err))
	return p.show(w, r, http.StatusUnprocessableEntity, checkPage(page))
}

// unchecked says why nothing was checked.
func (p *Pages) unchecked(w http.ResponseWriter, r *http.Request, page check, why error) error {
	if fault.KindOf(why) == fault.Internal {
		return why
	}
	page.Problem = httpapi.ProblemOf(r.Context(), why)
	copyHeaders(w, page.Problem)
	return p.show(w, r, page.Problem.Status, checkPage(page))
}

// wrongWith is what a problem says is wrong, in so many words that a page has room.
func wrongWith(problem *httpapi.Problem) (said []string) {
	for _, e := range problem.Errors[:min(len(problem.Errors), mostWrong)] {
		said = append(said, brief(e.Message))
	}
	if len(said) == 0 {
		said = append(said, brief(problem.Title))
	}
	return said
}

// brief is the beginning of a text that may be long.
func brief(s string) string {
	if short := clip(s, mostSaid); len(short) < len(s) {
		return short + "…"
	}
	return s
}

// ofText says what is drawn.
func ofText(ctx context.Context, of string) string {
	switch of {
	case inspection.OfTargets:
		return say(ctx, "检查对象和检查人员", "who is inspected, and by whom")
	case "districts":
		return say(ctx, "地区", "districts")
	case "days":
		return say(ctx, "日期", "days")
	}
	return of
}

// drawText says how far a draw is.
func drawText(ctx context.Context, s inspection.DrawState) string {
	switch s {
	case inspection.Frozen:
		return say(ctx, "名录已冻结，等见证人提交摘要", "The list is frozen; witnesses commit")
	case inspection.Sealed:
		return say(ctx, "见证人都已提交，等公开随机数", "All witnesses have committed; they reveal")
	case inspection.Made:
		return say(ctx, "已抽取，结果待公布", "Drawn; the result is not published yet")
	case inspection.DrawPublished:
		return say(ctx, "已公布", "Published")
	case inspection.Void:
		return say(ctx, "已作废", "Void")
	}
	return string(s)
}

// sealText says what was fixed.
func sealText(ctx context.Context, what string) string {
	switch what {
	case "list":
		return say(ctx, "名录", "List")
	case "program":
		return say(ctx, "本系统随机数的摘要", "Digest of the program's secret")
	case "time":
		return say(ctx, "抽取时间", "Time of the draw")
	case "record":
		return say(ctx, "抽取记录", "Record")
	}
	return what
}
