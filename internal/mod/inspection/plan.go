package inspection

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// Plan is what a region inspects in a year by double-random draws.
type Plan struct {
	ID          string    `json:"id"`
	Path        string    `json:"path" doc:"Of the region whose it is."`
	District    string    `json:"district" doc:"GB/T 2260 code of the region."`
	Year        int       `json:"year"`
	Title       string    `json:"title"`
	Note        string    `json:"note"`
	State       PlanState `json:"state" enum:"draft,published,done"`
	CreatedBy   string    `json:"created_by"`
	CreatedAt   time.Time `json:"created_at"`
	PublishedAt time.Time `json:"published_at,omitzero"`
	DoneAt      time.Time `json:"done_at,omitzero"`
}

// Batch is one draw of a plan.
type Batch struct {
	ID        string    `json:"id"`
	PlanID    string    `json:"-"`
	Number    int       `json:"number"`
	Title     string    `json:"title"`
	DrawOn    time.Time `json:"draw_on"`
	DueOn     time.Time `json:"due_on" doc:"Last day of the inspections."`
	Portion   int       `json:"portion" doc:"Which part of the shares of the year, in percent, is drawn when this batch is: 50, then 100."`
	Kinds     []string  `json:"kinds" doc:"Kinds of target; none is all."`
	Districts []string  `json:"districts" doc:"None is all."`
	Items     []string  `json:"items" doc:"Identifiers of items."`
}

const (
	planColumns  = `id, path, district, year, title, note, state, created_by, created_at, published_at, done_at`
	batchColumns = `id, plan_id, number, title, draw_on, due_on, portion, kinds, districts, items`
)

func savePlan(tx *db.Tx, x Plan) error {
	return save(tx, "inspection_plan", planColumns, []any{x.ID, x.Path, x.District, x.Year, x.Title, x.Note, x.State, x.CreatedBy, x.CreatedAt, x.PublishedAt, x.DoneAt})
}

// saveBatches puts batches in place of those that a plan had.
func saveBatches(tx *db.Tx, plan string, all []Batch) error {
	if _, err := tx.Change("inspection_batch", plan, `delete from inspection_batch where plan_id = $1`, plan); err != nil {
		return fmt.Errorf("inspection_batch: %w", err)
	}
	rows, keys := make([][]any, len(all)), []string{plan}
	for i, x := range all {
		rows[i] = []any{x.ID, x.PlanID, x.Number, x.Title, x.DrawOn, x.DueOn, x.Portion, x.Kinds, x.Districts, x.Items}
	}
	return saveUnder(tx, "inspection_batch", batchColumns, keys, rows...)
}

// ListPlansInput asks for a page of plans.
type ListPlansInput struct{ list.Query }

// ListPlans lists plans, the latest first.
func (s *Service) ListPlans(ctx context.Context, in ListPlansInput) (list.Page[Plan], error) {
	narrow := func(ctx context.Context, _ db.Reader, w *db.Where) error {
		org.Within(w, "path", authz.From(ctx).Paths(Read))
		return nil
	}
	return read(ctx, s, func(r db.Reader) (list.Page[Plan], error) {
		return pageOf(ctx, r, in.Query, list.Down("created_at", "id", func(x Plan) list.Key { return list.At(x.CreatedAt, x.ID) }), narrow, `select `+planColumns+` from inspection_plan`)
	})
}

// PlanInput is what is written of a plan.
type PlanInput struct {
	Region  string       `json:"region" maxLength:"6"`
	Year    int          `json:"year" minimum:"2000" maximum:"2200"`
	Title   string       `json:"title" maxLength:"200"`
	Note    string       `json:"note,omitempty" maxLength:"4000"`
	Batches []BatchInput `json:"batches" maxItems:"24"`
}

// BatchInput is what is written of a batch.
type BatchInput struct {
	Title     string   `json:"title" maxLength:"200"`
	DrawOn    string   `json:"draw_on" maxLength:"10"`
	DueOn     string   `json:"due_on" maxLength:"10"`
	Portion   int      `json:"portion"`
	Kinds     []string `json:"kinds,omitempty" maxItems:"60"`
	Districts []string `json:"districts,omitempty" maxItems:"200"`
	Items     []string `json:"items,omitempty" maxItems:"200"`
}

// batches reads what a person wrote, and refuses what makes no sense.
func (in PlanInput) batches(plan string) ([]Batch, error) {
	var bad fault.Fields
	bad.Refuse(strings.TrimSpace(in.Title) == "", "title", i18n.T("请填写计划名称", "give the plan a title"))
	bad.Refuse(len(in.Batches) == 0, "batches", i18n.T("请至少安排一个批次", "plan at least one batch"))
	all, last := make([]Batch, len(in.Batches)), 0
	for i, b := range in.Batches {
		at := fmt.Sprintf("batches[%d].", i)
		drawOn, err1 := clock.ParseDay(at+"draw_on", b.DrawOn)
		dueOn, err2 := clock.ParseDay(at+"due_on", b.DueOn)
		if err := errors.Join(err1, err2); err != nil {
			return nil, err
		}
		bad.Refuse(strings.TrimSpace(b.Title) == "", at+"title", i18n.T("请填写批次名称", "give the batch a title"))
		bad.Refuse(drawOn.Year() != in.Year, at+"draw_on", i18n.T("抽取日期应在计划年度内", "the day of the draw must lie in the year of the plan"))
		bad.Refuse(!dueOn.After(drawOn), at+"due_on", i18n.T("检查期限应晚于抽取日期", "the inspections must end after the draw"))
		bad.Refuse(b.Portion < 1 || b.Portion > 100, at+"portion", i18n.T("累计比例应在 1%% 到 100%% 之间", "the portion is between 1 and 100 %%"))
		bad.Refuse(b.Portion < last, at+"portion", i18n.T("累计比例不能小于前一批次", "the portion cannot be less than that of the batch before"))
		last = b.Portion
		all[i] = Batch{ID: db.NewID(), PlanID: plan, Number: i + 1, Title: strings.TrimSpace(b.Title), DrawOn: drawOn, DueOn: dueOn, Portion: b.Portion,
			Kinds: orNone(b.Kinds), Districts: orNone(b.Districts), Items: orNone(b.Items)}
	}
	return all, bad.Err()
}

// orNone is a list that is never absent.
func orNone(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// WritePlan writes the plan of a year. Faults: Invalid, NotFound, Forbidden.
func (s *Service) WritePlan(ctx context.Context, in org.Posted[PlanInput]) (PlanDetail, error) {
	x := Plan{ID: db.NewID(), CreatedBy: authz.From(ctx).ID, CreatedAt: s.now()}
	return s.putPlan(ctx, x, in.Body, doWrite)
}

// ChangePlan changes a plan that is a draft. Faults: Invalid, NotFound, Forbidden,
// Conflict where it is published.
func (s *Service) ChangePlan(ctx context.Context, in org.PostedTo[PlanInput]) (PlanDetail, error) {
	x, err := read(ctx, s, func(r db.Reader) (Plan, error) { return visiblePlan(ctx, r, in.ID) })
	if err != nil {
		return PlanDetail{}, err
	}
	return s.putPlan(ctx, x, in.Body, doChange)
}

func (s *Service) putPlan(ctx context.Context, x Plan, in PlanInput, a flow.Action) (PlanDetail, error) {
	batches, err := in.batches(x.ID)
	if err != nil {
		return PlanDetail{}, err
	}
	return write(ctx, s, func(tx *db.Tx) (out PlanDetail, err error) {
		if a == doChange {
			if x, err = visiblePlan(ctx, tx.Reader, x.ID); err != nil {
				return out, err
			}
			if err := authz.Need(ctx, Manage, x.Path); err != nil { // and not only where it would go
				return out, err
			}
		}
		region, err := org.RegionByCode(tx.Reader, in.Region)
		if err != nil {
			return out, err
		}
		if err := authz.Need(ctx, Manage, region.Path); err != nil {
			return out, err
		}
		was := x.State
		if x.State, err = planLife().Move(was, a, may(ctx, region.Path)); err != nil {
			return out, err
		}
		x.Path, x.District, x.Year, x.Title, x.Note = region.Path, region.Code, in.Year, strings.TrimSpace(in.Title), in.Note
		err = fault.First(
			func() error { return savePlan(tx, x) },
			func() error { return saveBatches(tx, x.ID, batches) },
			func() error { return s.step(ctx, tx, ofPlan, x.ID, a, string(was), string(x.State), "", nil) },
			func() (err error) { out, err = s.planDetail(ctx, tx.Reader, x); return err },
		)
		return out, err
	})
}

// PublishPlan publishes a plan. Faults: NotFound, Forbidden, Conflict.
func (s *Service) PublishPlan(ctx context.Context, in org.ByID) (PlanDetail, error) {
	return s.movePlan(ctx, in.ID, doPublish, func(x *Plan) { x.PublishedAt = s.now() })
}

// FinishPlan says that a plan is done. Faults: NotFound, Forbidden, Conflict.
func (s *Service) FinishPlan(ctx context.Context, in org.ByID) (PlanDetail, error) {
	return s.movePlan(ctx, in.ID, doFinish, func(x *Plan) { x.DoneAt = s.now() })
}

func (s *Service) movePlan(ctx context.Context, id string, a flow.Action, set func(*Plan)) (PlanDetail, error) {
	return write(ctx, s, func(tx *db.Tx) (out PlanDetail, err error) {
		x, err := visiblePlan(ctx, tx.Reader, id)
		if err != nil {
			return out, err
		}
		was := x.State
		if x.State, err = planLife().Move(was, a, may(ctx, x.Path)); err != nil {
			return out, err
		}
		set(&x)
		err = fault.First(
			func() error { return savePlan(tx, x) },
			func() error { return s.step(ctx, tx, ofPlan, x.ID, a, string(was), string(x.State), "", nil) },
			func() (err error) { out, err = s.planDetail(ctx, tx.Reader, x); return err },
		)
		return out, err
	})
}

// visiblePlan returns a plan that the actor may read. Fault: NotFound.
func visiblePlan(ctx context.Context, r db.Reader, id string) (Plan, error) {
	what := i18n.T("抽查计划", "plan of inspections")
	x, err := db.Find[Plan](r, what, `select `+planColumns+` from inspection_plan where id = $1`, id)
	if err == nil && !authz.From(ctx).Covers(Read, x.Path) {
		err = fault.Missing(what)
	}
	return x, err
}

// PlanDetail is a plan with its batches and how far it is.
type PlanDetail struct {
	Plan
	org.Life
	Batches  []PlannedBatch `json:"batches"`
	Progress []Progress     `json:"progress" doc:"By kind and credit class."`
}

// PlannedBatch is a batch with its draw.
type PlannedBatch struct {
	Batch
	DrawID    string    `json:"draw_id" doc:"Empty before the draw is prepared."`
	DrawState DrawState `json:"draw_state"`
	Drawn     int       `json:"drawn"`
}

// Progress is how many targets of a kind and credit class a plan has drawn, and how
// many it shall.
type Progress struct {
	Kind     string    `json:"kind"`
	KindName i18n.Text `json:"kind_name" db:"-"`
	Credit   string    `json:"credit"`
	Targets  int       `json:"targets"`
	Goal     int       `json:"goal" db:"-" doc:"By the shares that hold now."`
	Drawn    int       `json:"drawn"`
	Done     int       `json:"done" doc:"With a result."`
}

// GetPlan returns a plan. Fault: NotFound.
func (s *Service) GetPlan(ctx context.Context, in org.ByID) (PlanDetail, error) {
	return read(ctx, s, func(r db.Reader) (PlanDetail, error) {
		x, err := visiblePlan(ctx, r, in.ID)
		if err != nil {
			return PlanDetail{}, err
		}
		return s.planDetail(ctx, r, x)
	})
}

func (s *Service) planDetail(ctx context.Context, r db.Reader, x Plan) (out PlanDetail, err error) {
	out.Plan = x
	err = fault.First(
		func() (err error) {
			out.Batches, err = db.All[PlannedBatch](r, `select b.id, b.plan_id, b.number, b.title, b.draw_on, b.due_on, b.portion, b.kinds, b.districts, b.items,
				coalesce(d.id, '') as draw_id, coalesce(d.state, '') as draw_state, coalesce(d.drawn, 0) as drawn
				from inspection_batch b left join inspection_draw d on d.batch_id = b.id and d.state <> 'void' where b.plan_id = $1 order by b.number`, x.ID)
			return err
		},
		func() (err error) { out.Progress, err = s.progress(ctx, r, x); return err },
		func() (err error) { out.Life, err = org.LifeOf(r, trail.Record{Kind: ofPlan, ID: x.ID}); return err },
	)
	return out, err
}

// progress counts the targets that a plan is about. What was replaced does not
// count as drawn.
func (s *Service) progress(ctx context.Context, r db.Reader, x Plan) ([]Progress, error) {
	var w db.Where
	w.And("t.active = 1")
	org.Within(&w, "t.path", []string{x.Path})
	rows, err := db.All[Progress](r, `select t.kind, t.credit, count(*) as targets, count(k.target_id) as drawn, coalesce(sum(k.done), 0) as done
		from inspection_target t left join (select target_id, max(case when `+hasResult+` then 1 else 0 end) as done
			from inspection_task where `+w.Bind("plan_id = ?", x.ID)+` and state not in ('unable', 'replaced') group by target_id) k on k.target_id = t.id `+
		w.String()+` group by t.kind, t.credit order by t.kind, t.credit`, w.Args()...)
	if err != nil {
		return nil, err
	}
	table, _, err := config.At(ctx, s.Settings, shares, x.Path, s.now())
	for i := range rows {
		p := &rows[i]
		p.KindName = kindName(p.Kind)
		p.Goal = (List{Shares: table}.share(stratum{"", p.Kind, p.Credit})*p.Targets + 9999) / 10000
	}
	return rows, err
}

// batchOf returns a batch and its plan. Faults: NotFound, Conflict where the plan
// is not published.
func batchOf(ctx context.Context, r db.Reader, id string) (b Batch, p Plan, err error) {
	b, err = db.Find[Batch](r, i18n.T("抽查批次", "batch"), `select `+batchColumns+` from inspection_batch where id = $1`, id)
	if err != nil {
		return b, p, err
	}
	if p, err = visiblePlan(ctx, r, b.PlanID); err != nil {
		return b, p, err
	}
	if p.State != PlanPublished {
		err = fault.New(fault.Conflict, i18n.T("计划尚未公布，或已经完成", "the plan is not published yet, or done")).WithFix(i18n.T("请先公布年度计划", "publish the plan first"))
	}
	return b, p, err
}
