package campaign

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/figure"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// TypedRow is what somebody typed into a row.
type TypedRow struct {
	Period   string `json:"period" maxLength:"60"`
	Total    string `json:"total" maxLength:"60"`
	LastYear string `json:"last_year" maxLength:"60"`
	Remark   string `json:"remark" maxLength:"500"`
}

// FillBody is what a unit fills in.
type FillBody struct {
	Edit   int                 `json:"edit" doc:"The one that was changed."`
	Header Header              `json:"header"`
	Text   string              `json:"text,omitempty" maxLength:"20000" doc:"Of a report in words."`
	Rows   map[string]TypedRow `json:"rows,omitempty" doc:"By key, as typed, in the unit of the row; rows that are not named are empty."`
	Files  []string            `json:"files,omitempty" maxItems:"20" doc:"Completed uploads to add."`
}

// Fill stores what a unit has filled in so far. Faults: Invalid with every cell
// that is no number of its row, Conflict where somebody else saved in between or
// it is submitted.
func (s *Service) Fill(ctx context.Context, in org.PostedTo[FillBody]) (d ReturnDetail, err error) {
	defer fault.Wrap(&err, "campaign.Fill(%s)", in.ID)
	if err := s.movable(ctx, in); err != nil {
		return d, err
	}
	return s.act(ctx, in.ID, func(tx *db.Tx, w *working) error {
		if err := w.fill(ctx, in.Body); err != nil {
			return err
		}
		if err := w.store(tx); err != nil || len(in.Body.Files) == 0 {
			return err
		}
		return s.Files.Attach(ctx, tx, w.ID, in.Body.Files)
	})
}

// movable moves uploads to where Attach takes them, once what they come with can be
// stored.
func (s *Service) movable(ctx context.Context, in org.PostedTo[FillBody]) error {
	if len(in.Body.Files) == 0 {
		return nil
	}
	err := s.DB.Read(ctx, func(r db.Reader) error {
		w, err := s.workOn(ctx, r, in.ID)
		if err != nil {
			return err
		}
		return w.fill(ctx, in.Body)
	})
	if err != nil {
		return err
	}
	_, err = s.Files.Prepare(ctx, in.Body.Files)
	return err
}

// fill takes what somebody filled in who may, and saw what there is.
func (w *working) fill(ctx context.Context, b FillBody) error {
	if _, err := w.move(ctx, doFill); err != nil {
		return err
	}
	if err := w.sameEdit(b.Edit); err != nil {
		return err
	}
	w.filing.Hands = w.filing.Hands.and(ctx)
	return w.take(b)
}

// working is a return that is being worked on: in the latest table, with what was
// filled in.
type working struct {
	Return
	campaign Campaign
	unit     org.Unit
	owner    org.Unit // of the campaign
	table    Table
	filing   Filing
	own      Cells
}

// work returns a return as it is being filled in.
func (s *Service) work(r db.Reader, x Return) (w *working, err error) {
	w = &working{Return: x}
	if w.campaign, err = db.One[Campaign](r, `select `+columns+` from campaign where id = $1`, x.Campaign); err != nil {
		return nil, err
	}
	units, err := org.UnitsByID(r, []string{x.Unit, w.campaign.Owner})
	if err != nil {
		return nil, err
	}
	w.unit, w.owner = units[x.Unit], units[w.campaign.Owner]
	if w.filing, err = filing(r, x.ID, x.Revision); err != nil {
		return nil, err
	}
	if x.Kind == TextReport {
		return w, nil
	}
	latest, err := tableOf(r, x.Campaign, 0)
	if err != nil {
		return nil, err
	}
	from, err := tableOf(r, x.Campaign, w.filing.Version)
	w.table = s.effective(latest)
	w.own = cellsOf(w.filing.Own, len(from.Rows)).moveTo(from, w.table)
	return w, err
}

func (w *working) sameEdit(seen int) error {
	if w.filing.Edit != seen {
		return fault.New(fault.Conflict, i18n.T("他人刚刚保存了这份报表", "somebody else has just saved this return")).
			WithFix(i18n.T("请刷新后再填，您填写的内容可以先复制下来", "load it again and fill it in then; copy what you typed first"))
	}
	return nil
}

// take reads what was typed.
func (w *working) take(b FillBody) error {
	w.filing.Filler, w.filing.Reviewer, w.filing.Phone = strings.TrimSpace(b.Header.Filler), strings.TrimSpace(b.Header.Reviewer), strings.TrimSpace(b.Header.Phone)
	w.filing.Words = strings.TrimSpace(b.Text)
	var bad fault.Fields
	own, remarks := make(Cells, len(w.table.Rows)), map[string]string{}
	for key, x := range b.Rows {
		i := w.table.at(key)
		if i < 0 {
			bad.Refuse(true, "rows."+key, i18n.T("表中没有这一行，请刷新", "the table has no such row; load it again"))
			continue
		}
		if x.Remark = strings.TrimSpace(x.Remark); x.Remark != "" {
			remarks[key] = x.Remark
		}
		for c, s := range [width]string{x.Period, x.Total, x.LastYear} {
			at := fmt.Sprintf("rows.%s.%s", key, columnNames()[c])
			if w.table.Rows[i].Way != Typed {
				bad.Refuse(strings.TrimSpace(s) != "", at, i18n.T("“%s”由系统统计，不能填写", "“%s” is counted by the system and cannot be typed"), w.table.Rows[i].Label)
				continue
			}
			cell, wrong := w.table.Rows[i].read(s)
			bad.Refuse(!wrong.Zero(), at, wrong)
			own[i][c] = cell
		}
	}
	w.own, w.filing.Own, w.filing.Remarks, w.filing.Version = own, own.encode(), remarks, w.table.Version
	return bad.Err()
}

// store keeps what was filled in.
func (w *working) store(tx *db.Tx) error {
	w.filing.Edit++
	n, err := saveFiling(tx, w.filing)
	if err == nil && n == 0 {
		err = w.sameEdit(-1)
	}
	return err
}

// ReturnStep is what becomes of a return.
type ReturnStep struct {
	Action flow.Action `json:"action" enum:"submit,send-back,sign,correct"`
	Reason string      `json:"reason,omitempty" maxLength:"500" doc:"Needed to send back and to correct."`
	Edit   int         `json:"edit,omitempty" doc:"What whoever submits saw."`
	Mark   string      `json:"mark,omitempty" maxLength:"64" doc:"What whoever signs saw."`
}

// StepReturn submits a return, sends it back, signs it off or reopens it for a
// correction. Faults: Invalid with every rule that is broken, Conflict where the
// state is against it or what is signed is not what was seen.
func (s *Service) StepReturn(ctx context.Context, in org.PostedTo[ReturnStep]) (d ReturnDetail, err error) {
	defer fault.Wrap(&err, "campaign.StepReturn(%s, %s)", in.ID, in.Body.Action)
	b := in.Body
	b.Reason = strings.TrimSpace(b.Reason)
	return s.act(ctx, in.ID, func(tx *db.Tx, w *working) error {
		to, err := w.move(ctx, b.Action)
		if err != nil {
			return err
		}
		if b.Reason == "" && (b.Action == doSendBack || b.Action == doCorrect) {
			return fault.Field("reason", i18n.T("请说明原因", "please give the reason"))
		}
		if err := s.step(ctx, tx, w, b); err != nil {
			return err
		}
		return s.moved(ctx, tx, w.Return, b.Action, to, b.Reason)
	})
}

func (s *Service) step(ctx context.Context, tx *db.Tx, w *working, b ReturnStep) error {
	switch b.Action {
	case doSubmit:
		return s.submit(ctx, tx, w, b)
	case doSign:
		return s.signOff(ctx, tx, w, b)
	case doCorrect:
		return w.reopen(tx)
	default:
		return nil
	}
}

var phone = regexp.MustCompile(`^[0-9+() -]{5,30}$`)

// submit hands a return in, if it is whole and breaks no rule.
func (s *Service) submit(ctx context.Context, tx *db.Tx, w *working, b ReturnStep) error {
	if err := w.sameEdit(b.Edit); err != nil {
		return err
	}
	if err := s.whole(tx.Reader, w); err != nil {
		return err
	}
	cells, err := s.judged(tx.Reader, w, s.reading(tx.Reader))
	if err != nil {
		return err
	}
	w.filing.Hands = w.filing.Hands.and(ctx)
	w.filing.Own, w.filing.Version, w.filing.Total = w.own.encode(), w.table.Version, cells.encode()
	if w.SubmittedAt.IsZero() {
		w.SubmittedAt = s.Now()
	}
	return w.store(tx)
}

// whole refuses a return without its header, or without what it reports.
func (s *Service) whole(r db.Reader, w *working) error {
	var bad fault.Fields
	h := w.filing
	bad.Refuse(h.Filler == "", "header.filler", i18n.T("请填写填报人", "please name who filled it in"))
	bad.Refuse(h.Reviewer == "", "header.reviewer", i18n.T("请填写审核人", "please name who reviewed it"))
	bad.Refuse(h.Filler != "" && h.Filler == h.Reviewer, "header.reviewer", i18n.T("审核人不能是填报人", "who reviewed it cannot be who filled it in"))
	bad.Refuse(!phone.MatchString(h.Phone), "header.phone", i18n.T("请填写联系电话，如 0532-85912345", "please give a telephone number such as 0532-85912345"))
	if w.Kind == TextReport && w.filing.Words == "" {
		files, err := s.Files.List(r, w.ID)
		if err != nil {
			return err
		}
		bad.Refuse(len(files) == 0, "text", i18n.T("请填写报告内容，或上传报告文件", "please write the report, or add its file"))
	}
	return bad.Err()
}

// judged is what a return comes to, unless it breaks a rule.
func (s *Service) judged(r db.Reader, w *working, count counter) (Cells, error) {
	if w.Kind == TextReport {
		return nil, nil
	}
	cells, err := s.resolve(r, w.Return, w.table, w.own, w.campaign.StartsOn, count)
	if err != nil {
		return nil, err
	}
	before, err := reportedBefore(r, w.Return, w.table)
	if err != nil {
		return nil, err
	}
	var bad fault.Fields
	for _, v := range w.table.violations(cells, before.total, w.filing.Remarks) {
		field := "rows." + v.Row + "." + v.Column
		if !v.Hard {
			field = "rows." + v.Row + ".remark"
		}
		bad.Refuse(true, field, v.Text)
	}
	return cells, bad.Err()
}

// signOff freezes a return: its figures, what it sums, and who signs.
func (s *Service) signOff(ctx context.Context, tx *db.Tx, w *working, b ReturnStep) error {
	now, err := s.judged(tx.Reader, w, s.reading(tx.Reader))
	if err != nil {
		return err
	}
	total := now.encode()
	if b.Mark != mark(w.filing, w.table.Version, total) {
		return fault.New(fault.Conflict, i18n.T("报表在您查看之后有变化", "the return has changed since you looked at it")).
			WithFix(i18n.T("请刷新，核对后再审签", "load it again, check it and sign then"))
	}
	if w.Kind == TableReport {
		if err := s.freeze(ctx, tx, w, total); err != nil {
			return err
		}
	}
	parts, err := partsOf(tx.Reader, w.ID)
	if err != nil {
		return err
	}
	w.filing.Own, w.filing.Version, w.filing.Total, w.filing.Parts = w.own.encode(), w.table.Version, total, parts
	w.filing.SignedBy, w.filing.SignedAt = authz.From(ctx).ID, s.Now()
	w.Signed = w.Revision
	return w.store(tx)
}

// freeze keeps the figures of a return for good.
func (s *Service) freeze(ctx context.Context, tx *db.Tx, w *working, total string) error {
	kept, err := s.resolve(tx.Reader, w.Return, w.table, w.own, w.campaign.StartsOn, func(names []string, n figure.Narrow, periods ...figure.Period) (map[string][]figure.Value, error) {
		return s.Keeper.Freeze(ctx, tx, w.filing.holder(), names, n, periods...)
	})
	if err == nil && kept.encode() != total {
		err = fmt.Errorf("figures differ within a transaction")
	}
	return err
}

// holder is what frozen figures are kept for: a revision of a return.
func (f Filing) holder() string { return fmt.Sprintf("%s/%d", f.ReturnID, f.Revision) }

// partsOf are the signed returns that one sums.
func partsOf(r db.Reader, id string) ([]Part, error) {
	list, err := returnsBelow(r, id)
	parts := []Part{}
	for _, x := range list {
		if x.Signed > 0 {
			parts = append(parts, Part{x.ID, x.Signed})
		}
	}
	return parts, err
}

// reopen begins a correction: a new revision with what the signed one says, and by
// whose hands.
func (w *working) reopen(tx *db.Tx) error {
	w.Revision++
	w.filing.Revision, w.filing.Edit = w.Revision, 0
	w.filing.Total, w.filing.Parts, w.filing.SignedBy, w.filing.SignedAt = "", []Part{}, "", Filing{}.SignedAt
	return w.store(tx)
}

// act does something with a return of a campaign that runs.
func (s *Service) act(ctx context.Context, id string, do func(*db.Tx, *working) error) (d ReturnDetail, err error) {
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		w, err := s.workOn(ctx, tx.Reader, id)
		if err != nil {
			return err
		}
		if err := do(tx, w); err != nil {
			return err
		}
		d, err = s.returnDetail(ctx, tx.Reader, id, 0)
		return err
	})
	return d, err
}

// workOn returns a return that the actor may see, of a campaign that runs.
func (s *Service) workOn(ctx context.Context, r db.Reader, id string) (*working, error) {
	x, err := seenReturn(ctx, r, id)
	if err != nil {
		return nil, err
	}
	w, err := s.work(r, x)
	if err == nil && w.campaign.State != Running {
		err = fault.New(fault.Conflict, i18n.T("专项整治“%s”已不在进行中，报表不能再变动", "the campaign “%s” does not run any more; its returns cannot change"), w.campaign.Title)
	}
	return w, err
}

// ReturnHistory returns what was done with a return.
func (s *Service) ReturnHistory(ctx context.Context, in org.ByID) (deeds []org.Deed, err error) {
	defer fault.Wrap(&err, "campaign.ReturnHistory(%s)", in.ID)
	err = s.DB.Read(ctx, func(r db.Reader) error {
		x, err := seenReturn(ctx, r, in.ID)
		if err != nil {
			return err
		}
		deeds, err = deedsOf(r, x.record())
		return err
	})
	return deeds, err
}
