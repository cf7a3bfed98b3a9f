package rectify

import (
	"context"
	"errors"
	"slices"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/bulk"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
	"qingfeng/internal/org/violation"
)

// ledgerRows is the rows of a ledger that are being checked.
type ledgerRows struct {
	ctx        context.Context
	s          *Service
	units      map[string][]named
	categories map[string][]string
	prints     bulk.Seen[string]
	chosen     chosenWords
	unsaid     map[string]int // how many good rows took each chosen word
	shown      []bulk.PreviewLine
	rows       []ledgerRow // that say which problem they are
	problems   []Problem   // those that are in order, once all were read
	failed     error       // what no row is to blame for
}

// knownUnits returns the open units by what they are called.
func knownUnits(r db.Reader) (map[string][]named, error) {
	units, err := namedUnits(r)
	byName := map[string][]named{}
	for _, u := range units {
		byName[u.Said] = append(byName[u.Said], u)
	}
	return byName, err
}

// categoryNames returns the codes of the taxonomy by code and by name.
func categoryNames() map[string][]string {
	codes := map[string][]string{}
	add := func(name, code string) {
		if !slices.Contains(codes[name], code) {
			codes[name] = append(codes[name], code)
		}
	}
	for _, g := range violation.Groups() {
		add(g.Code, g.Code)
		add(g.Name.ZH, g.Code)
		add(g.Name.EN, g.Code)
		for _, it := range g.Items {
			add(it.Code, it.Code)
			add(it.Name.ZH, it.Code)
			add(it.Name.EN, it.Code)
			add(violation.Name(it.Code).ZH, it.Code)
			add(violation.Name(it.Code).EN, it.Code)
		}
	}
	return codes
}

// Add implements bulk.Batch.
func (x *ledgerRows) Add(line *bulk.Line) {
	l := &ledgerRow{Line: line, ledgerRows: x}
	p := &l.problem
	*p = Problem{State: Open, Term: AtOnce, Progress: l.Text("progress"), Remark: l.Text("remark"),
		Entry: Entry{Kind: aProblem, Grade: general, Clause: l.Text("clause"), Description: l.Text("description"), Location: l.Text("location"),
			FoundOn: l.Time("found_on"), FoundBy: l.Text("found_by"), FoundHow: l.Text("found_how")},
		Plan: Plan{Leader: l.Text("leader"), Charge: l.Text("charge"), Goal: l.Text("goal"), Measures: l.Text("measures"), Controls: l.Text("controls"), Contingency: l.Text("contingency")}}
	if l.Has("funds") {
		p.Funds, p.Funded = l.Fen("funds"), true
		l.RefuseIf(p.Funds < 0, "funds", i18n.T("资金不能为负", "funds cannot be negative"))
	}
	l.words(p)
	l.place(p)
	l.terms(p)
	l.state(p)
	l.whole(p)
	if p.UnitID != "" && !p.FoundOn.IsZero() && p.Description != "" {
		p.Print = fingerprint(p.UnitID, p.FoundOn, p.Description)
		l.prints.RefuseTwin(l.Line, "description", p.Print)
		x.rows = append(x.rows, *l)
	}
}

// ledgerRow is a row that is being checked, and the problem that it is.
type ledgerRow struct {
	*bulk.Line
	*ledgerRows
	problem Problem
}

// whole refuses what is not whole, or does not fit together, whatever else is wrong
// with the row.
func (l *ledgerRow) whole(p *Problem) {
	e := p.Entry
	if l.Told("kind") || l.Told("grade") {
		e.Clause = "" // nobody knows whether it needs one
	}
	l.RefuseRest(e.check(l.s.Now()))
	l.RefuseRest(p.noIntegrity()) // whatever source the commission writes
	l.RefuseRest(checkTerm(p.Term, p.DueAt, p.FoundOn))
	funded := !l.Told("funds") && !l.Told("due_on")
	l.RefuseIf(funded && p.State != Open && p.isMajor() && len(p.missing()) > 0, "state", i18n.T("重大隐患的整改“五到位”（责任、措施、资金、时限、预案）不全，只能填“未启动”", "a major hazard without all of responsibility, measures, funds, time limit and contingency plan is “not begun”"))
}

// words reads what is written in words of closed lists.
func (l *ledgerRow) words(p *Problem) {
	codes := l.categories[l.said("category")]
	l.RefuseIf(len(codes) == 0, "category", i18n.T("不认识的问题类别，请使用模板中的类别名称或编码", "this category is not known; use its name or code in the taxonomy"))
	l.RefuseIf(len(codes) > 1, "category", i18n.T("类别名称不唯一，请填写编码", "several categories have this name; write the code"))
	if len(codes) == 1 {
		p.Category = codes[0]
	}
	source, ok := coded(sources(), l.said("source"))
	if !ok {
		source, ok = sourceSynonym(l.said("source"))
	}
	l.RefuseIf(!ok, "source", i18n.T("来源应为检查、自查、巡查、上级督办、隐患排查或投诉举报", "the source must be inspection, self-examination, patrol, superior, hazard survey or complaint"))
	p.Source = source
	kinds := []LedgerWord{{aProblem, kindWord(aProblem)}, {aHazard, kindWord(aHazard)}}
	grades := []LedgerWord{{general, gradeWord(general)}, {major, gradeWord(major)}}
	if l.Has("kind") {
		p.Kind, ok = coded(kinds, l.Text("kind"))
		l.RefuseIf(!ok, "kind", i18n.T("类型应为问题或隐患", "the kind must be problem or hazard"))
	}
	if l.Has("grade") {
		p.Grade, ok = coded(grades, l.Text("grade"))
		l.RefuseIf(!ok, "grade", i18n.T("级别应为一般或重大", "the grade must be general or major"))
	}
}

// sourceSynonym reads what older ledgers call a source.
func sourceSynonym(said string) (string, bool) {
	source, ok := map[string]string{"抽查": FromInspection, "督查": FromInspection, "举报": FromCase, "投诉": FromCase, "隐患": FromHazards, "上级交办": FromSuperior}[said]
	return source, ok
}

// coded returns the code of a word in either language.
func coded(list []LedgerWord, said string) (string, bool) {
	for _, w := range list {
		if said == w.Code || said == w.Text.ZH || strings.EqualFold(said, w.Text.EN) {
			return w.Code, true
		}
	}
	return "", false
}

// place finds the unit and the department, below where the actor may import.
func (l *ledgerRow) place(p *Problem) {
	at := slices.DeleteFunc(slices.Clone(l.units[l.Text("unit")]), func(u named) bool {
		return u.Kind == string(org.Department) || !authz.From(l.ctx).Covers(Import, u.Path)
	})
	l.RefuseIf(len(at) == 0, "unit", i18n.T("您的管辖范围内没有这个单位，请填写系统中的单位名称", "there is no such unit within your scope; write its name as it is here"))
	l.RefuseIf(len(at) > 1, "unit", i18n.T("有几个单位叫这个名称，请填写全称", "several units have this name; write the full one"))
	if len(at) != 1 {
		return
	}
	p.UnitID, p.Region, p.Path = at[0].ID, at[0].Region, at[0].Path
	if !l.Has("department") {
		return
	}
	of := slices.DeleteFunc(slices.Clone(l.units[l.Text("department")]), func(u named) bool {
		return u.Kind != string(org.Department) || !strings.HasPrefix(u.Path, p.Path)
	})
	l.RefuseIf(len(of) != 1, "department", i18n.T("该单位没有这个科室，或有几个同名科室", "the unit has no such department, or several"))
	if len(of) == 1 {
		p.DepartmentID, p.Path = of[0].ID, of[0].Path
	}
}

// terms reads the time limit.
func (l *ledgerRow) terms(p *Problem) {
	p.DueAt = clock.End(l.Time("due_on"))
	if !p.DueAt.IsZero() {
		p.Term = Fixed
	}
	if !l.Has("term") {
		return
	}
	term, ok := coded(terms(), l.Text("term"))
	l.RefuseIf(!ok, "term", i18n.T("时限类型应为立行立改、限期或长期坚持", "the term must be at once, by a date or standing"))
	p.Term = Term(term)
}

// state reads where the problem stands. What is closed must name where its
// evidence lies and who looked; what waits for a review applies for it here.
func (l *ledgerRow) state(p *Problem) {
	said := l.Text("state")
	machine := life()
	i := slices.IndexFunc(machine.States(), func(st flow.State[State]) bool { return said == st.Text.ZH || strings.EqualFold(said, st.Text.EN) })
	if said != "" {
		l.RefuseIf(i < 0, "state", i18n.T("状态应为未启动、整改中或已销号", "the state must be not begun, being put right or closed"))
		if i < 0 {
			return
		}
		p.State = machine.States()[i].Name
	}
	l.RefuseIf(p.State == Applied || p.State == Reviewing, "state", i18n.T("审核中的问题请填“整改中”，导入后在系统中上传佐证并申请销号", "write “being put right”, and apply for closing here, with evidence"))
	l.RefuseIf(p.State == Held || p.State == Withdrawn, "state", i18n.T("这种状态不能导入，请填“已销号”或不导入该行", "this state cannot be imported; write “closed”, or leave the row out"))
	l.RefuseIf(p.State.unfinished() && l.Has("closed_on"), "closed_on", i18n.T("有销号日期，状态却不是已销号", "there is a day of closing, but the state is not closed"))
	l.RefuseIf(l.Flag("listed"), "listed", i18n.T("挂牌督办由挂牌单位在系统中办理，请填“否”", "listing is done here by those who list; write “no”"))
	if p.State == Doing {
		p.StartedAt = l.s.instant()
	}
	if p.State == Closed {
		l.closed(p)
	}
}

// closed reads how a problem was closed on paper.
func (l *ledgerRow) closed(p *Problem) {
	on := l.Time("closed_on")
	l.RefuseIf(on.IsZero(), "closed_on", i18n.T("已销号的问题请填写销号日期", "please say on which day it was closed"))
	l.RefuseIf(!on.IsZero() && (on.Before(p.FoundOn) || on.After(l.s.Now())), "closed_on", i18n.T("销号日期应在发现日期之后、今天之前", "it must have been closed after it was found and before today"))
	l.RefuseIf(!l.Has("paper"), "paper", i18n.T("已销号的问题请写明佐证材料存放处；没有佐证请填“整改中”", "please name where the evidence lies; without evidence write “being put right”"))
	did := []string{l.Text("charge"), l.Text("applied_by")}
	for _, reviewer := range []string{"passed_by", "closed_by"} {
		who := l.Text(reviewer)
		l.RefuseIf(who == "", reviewer, i18n.T("已销号的问题请写明初审人和复核人", "please name both who reviewed it"))
		l.RefuseIf(who != "" && slices.Contains(did, who), reviewer, i18n.T("整改或申请的人不能审核", "who put it right or applied cannot have reviewed it"))
	}
	l.RefuseIf(l.Text("passed_by") != "" && l.Text("passed_by") == l.Text("closed_by"), "closed_by", i18n.T("初审和复核须是两人", "the two reviews are two people's"))
	words := i18n.T("佐证：%s；申请：%s；初审：%s；复核：%s", "").With(l.Text("paper"), l.Text("applied_by"), l.Text("passed_by"), l.Text("closed_by"))
	p.ClosedAt, p.Paper, p.ClosedHow = on, words.ZH, "papers"
	days, err := inForce(l.ctx, l.s, lookAfter, p.Path)
	l.failed = errors.Join(l.failed, err)
	if !on.IsZero() {
		p.LookDue = clock.End(on.AddDate(0, 0, days))
	}
}

// End implements bulk.Batch: it refuses what the ledger has already, and begins the
// problems of the rows that are in order.
func (x *ledgerRows) End(r db.Reader) error {
	if x.failed != nil {
		return x.failed
	}
	for chunk := range slices.Chunk(x.rows, 500) {
		prints := make([]string, len(chunk))
		for i, l := range chunk {
			prints[i] = l.problem.Print
		}
		known, err := byPrint(r, prints)
		if err != nil {
			return err
		}
		for _, l := range chunk {
			number, there := known[l.problem.Print]
			l.RefuseIf(there, "description", i18n.T("台账中已有同一问题：%s", "the ledger has this problem already: %s"), number)
		}
	}
	for _, l := range x.rows {
		if l.Bad() {
			continue
		}
		p := l.problem
		if err := x.s.begin(x.ctx, &p); err != nil {
			return err
		}
		p.SourceID = fromSheet + p.Print
		x.problems = append(x.problems, p)
		x.show(l, p)
	}
	return nil
}

// imported is the step by which a line comes from a spreadsheet.
func imported(p Problem, detail map[string]any) trail.Step {
	act := map[State]flow.Action{Open: doImport, Doing: doImportDo, Closed: doImportEnd}[p.State]
	return trail.Step{Act: string(act), Became: string(p.State), Detail: detail}
}
