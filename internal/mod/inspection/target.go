package inspection

import (
	"context"
	"iter"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/export"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/httpapi"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// Candidate is somebody on the library of targets (检查对象名录库).
type Candidate struct {
	ID        string    `json:"id"`
	UnitID    string    `json:"unit_id" doc:"Institution of the register; empty for others."`
	Path      string    `json:"-"`
	District  string    `json:"district" doc:"GB/T 2260 code."`
	Name      string    `json:"name"`
	Kind      string    `json:"kind" doc:"Kind of institution, or what the import says."`
	Level     string    `json:"level"`
	Ownership string    `json:"ownership"`
	Licence   string    `json:"licence"`
	Credit    string    `json:"credit" doc:"A, B, C or D; empty where nobody rated it."`
	Source    string    `json:"source" enum:"register,import"`
	Active    bool      `json:"active"`
	Reason    string    `json:"reason" doc:"Why it is not active."`
	CreatedAt time.Time `json:"created_at"`
	ChangedAt time.Time `json:"changed_at"`
}

const targetColumns = `id, unit_id, path, district, name, kind, level, ownership, licence, credit, source, active, reason, created_at, changed_at`

func (x Candidate) values() []any {
	return []any{x.ID, x.UnitID, x.Path, x.District, x.Name, x.Kind, x.Level, x.Ownership, x.Licence, x.Credit, x.Source, x.Active, x.Reason, x.CreatedAt, x.ChangedAt}
}

func saveTargets(tx *db.Tx, all ...Candidate) error {
	rows := make([][]any, len(all))
	for i, x := range all {
		rows[i] = x.values()
	}
	return save(tx, "inspection_target", targetColumns, rows...)
}

// TargetFilter chooses targets.
type TargetFilter struct {
	Q        string `query:"q" maxLength:"100" doc:"Part of the name."`
	District string `query:"district" maxLength:"6"`
	Kind     string `query:"kind" maxLength:"40"`
	Credit   string `query:"credit" enum:"A,B,C,D,none"`
	Inactive bool   `query:"inactive" doc:"Those that are not active too."`
}

// ListTargetsInput asks for a page of targets.
type ListTargetsInput struct {
	list.Query
	TargetFilter
}

func (f TargetFilter) narrow(ctx context.Context, _ db.Reader, w *db.Where) error {
	org.Within(w, "path", authz.From(ctx).Paths(Read))
	org.Contains(w, f.Q, "name")
	w.AndIf(f.District != "", "district = ?", f.District)
	w.AndIf(f.Kind != "", "kind = ?", f.Kind)
	w.AndIf(f.Credit != "", "credit = ?", strings.TrimPrefix(f.Credit, "none"))
	w.AndIf(!f.Inactive, "active = 1")
	return nil
}

// ListTargets lists the targets in the actor's scope, the longest known first.
func (s *Service) ListTargets(ctx context.Context, in ListTargetsInput) (list.Page[Candidate], error) {
	return read(ctx, s, func(r db.Reader) (list.Page[Candidate], error) {
		return pageOf(ctx, r, in.Query, list.Up("created_at", "id", func(x Candidate) list.Key { return list.At(x.CreatedAt, x.ID) }), in.narrow, `select `+targetColumns+` from inspection_target`)
	})
}

// ExportTargetsInput chooses the targets of a file.
type ExportTargetsInput struct {
	export.Query
	TargetFilter
}

// ExportTargets writes the library of targets, in the columns of the import.
func (s *Service) ExportTargets(ctx context.Context, in ExportTargetsInput) (httpapi.File, error) {
	columns := []export.Column{{Header: i18n.T("名称", "Name"), Width: 36}, {Header: i18n.T("行政区划", "Region")}, {Header: i18n.T("类别", "Kind")}, {Header: i18n.T("抽查信用等级", "Inspection class")},
		{Header: i18n.T("许可证号", "Licence"), Width: 24}, {Header: i18n.T("在册", "Active"), Kind: export.Flag}, {Header: i18n.T("停用原因", "Why not active")}}
	rows := export.Rows(ctx, s.DB, func(r db.Reader) iter.Seq2[Candidate, error] {
		var w db.Where
		_ = in.narrow(ctx, r, &w) // never refuses
		return db.Each[Candidate](r, `select `+targetColumns+` from inspection_target `+w.String()+` order by id`, w.Args()...)
	}, func(x Candidate) []any {
		return []any{x.Name, x.District, kindName(x.Kind).Here(ctx), x.Credit, x.Licence, x.Active, x.Reason}
	})
	return export.File(ctx, in.Format, export.Table{Name: i18n.T("检查对象名录库", "library of targets"), Columns: columns, Rows: rows}), nil
}

// kindName says what a kind of target is called; what is none of the register's
// is its own name.
func kindName(code string) i18n.Text {
	for _, e := range org.InstitutionKinds() {
		if e.Code == code {
			return e.Name
		}
	}
	return i18n.Same(code)
}

// Rating is a credit class that a target was given.
type Rating struct {
	ID       string    `json:"id"`
	TargetID string    `json:"-"`
	Class    string    `json:"class"`
	Was      string    `json:"was"`
	Reason   string    `json:"reason"`
	ByStaff  string    `json:"by"`
	At       time.Time `json:"at"`
}

// TargetDetail is a target with its history.
type TargetDetail struct {
	Candidate
	OnRecord string        `json:"on_record" doc:"Class of the institution on its credit record (信用档案), which follows from sanctions: another one than that of the library. Empty without one."`
	Ratings  []Rating      `json:"ratings"`
	Recusals []Recused     `json:"recusals"`
	Tasks    []Task        `json:"tasks" doc:"The latest twenty."`
	Events   []trail.Event `json:"events"`
}

var aTarget = i18n.T("检查对象", "target")

func targetByID(r db.Reader, id string) (Candidate, error) {
	return db.Find[Candidate](r, aTarget, `select `+targetColumns+` from inspection_target where id = $1`, id)
}

// visibleTarget returns a target in the scope of a permission.
func visibleTarget(ctx context.Context, r db.Reader, id string, p authz.Permission) (Candidate, error) {
	x, err := targetByID(r, id)
	if err != nil {
		return x, err
	}
	a := authz.From(ctx)
	if !a.Covers(Read, x.Path) && !a.Covers(p, x.Path) {
		return x, fault.Missing(aTarget)
	}
	return x, authz.Need(ctx, p, x.Path)
}

// GetTarget returns a target. Fault: NotFound.
func (s *Service) GetTarget(ctx context.Context, in org.ByID) (TargetDetail, error) {
	return read(ctx, s, func(r db.Reader) (out TargetDetail, err error) {
		if out.Candidate, err = visibleTarget(ctx, r, in.ID, Read); err != nil {
			return out, err
		}
		var w db.Where
		w.And("target_id = ?", in.ID)
		seeTasks(ctx, &w)
		err = fault.First(
			func() (err error) {
				out.Ratings, err = db.All[Rating](r, `select * from inspection_credit where target_id = $1 order by id desc`, in.ID)
				return err
			},
			func() (err error) { out.OnRecord, err = s.onRecord(ctx, r, out.UnitID); return err },
			func() (err error) { out.Recusals, err = recusalsOf(ctx, r, "x.target_id", in.ID); return err },
			func() (err error) {
				out.Tasks, err = rowsOf[Task](r, selectTasks, &w, newestTask().SQL(), 20)
				return err
			},
			func() (err error) {
				out.Events, err = trail.Of(r, trail.Record{Kind: ofTarget, ID: in.ID})
				return err
			},
		)
		return out, err
	})
}

// onRecord is the class of a target on its credit record.
func (s *Service) onRecord(ctx context.Context, r db.Reader, unit string) (string, error) {
	if unit == "" || s.CreditRecord == nil {
		return "", nil
	}
	return s.CreditRecord(ctx, r, unit)
}

// Rate is a credit class to be given.
type Rate struct {
	Class  string `json:"class" maxLength:"1" doc:"A, B, C or D; empty takes the class away."`
	Reason string `json:"reason" maxLength:"500"`
}

// SetCredit gives a target another credit class. Faults: Invalid, NotFound,
// Forbidden, Conflict where it has that class.
func (s *Service) SetCredit(ctx context.Context, in org.PostedTo[Rate]) (Candidate, error) {
	var bad fault.Fields
	if in.Body.Class != "" {
		oneOf(&bad, "class", in.Body.Class, credits())
	}
	bad.Refuse(strings.TrimSpace(in.Body.Reason) == "", "reason", i18n.T("请写明评定依据", "say on what grounds"))
	if err := bad.Err(); err != nil {
		return Candidate{}, err
	}
	return s.changeTarget(ctx, in.ID, "credit", in.Body.Reason, func(tx *db.Tx, x *Candidate) (map[string]any, error) {
		if x.Credit == in.Body.Class {
			return nil, fault.New(fault.Conflict, i18n.T("该对象已是这个抽查信用等级", "the target has this class already"))
		}
		was := x.Credit
		x.Credit = in.Body.Class
		return map[string]any{"class": x.Credit, "was": was}, addRating(tx, Rating{ID: db.NewID(), TargetID: x.ID, Class: x.Credit, Was: was, Reason: in.Body.Reason, ByStaff: authz.From(ctx).ID, At: s.now()})
	})
}

func addRating(tx *db.Tx, x Rating) error {
	return saveUnder(tx, "inspection_credit", "id, target_id, class, was, reason, by_staff, at", []string{x.TargetID},
		[]any{x.ID, x.TargetID, x.Class, x.Was, x.Reason, x.ByStaff, x.At})
}

// Switch puts somebody out of a library, or in again.
type Switch struct {
	Active bool   `json:"active"`
	Reason string `json:"reason" maxLength:"500"`
}

// check refuses to switch without a reason, or to what is so already.
func (x Switch) check(is bool) error {
	if is == x.Active {
		return fault.New(fault.Conflict, i18n.T("已经是这个状态", "it is so already"))
	}
	return because(strings.TrimSpace(x.Reason))
}

// apply sets what a library says of somebody.
func (x Switch) apply(active *bool, reason *string) {
	*active, *reason = x.Active, ""
	if !x.Active {
		*reason = x.Reason
	}
}

// ActivateTarget takes a target out of the library, or in again. Faults:
// Invalid without a reason, NotFound, Forbidden, Conflict.
func (s *Service) ActivateTarget(ctx context.Context, in org.PostedTo[Switch]) (Candidate, error) {
	return s.changeTarget(ctx, in.ID, "active", in.Body.Reason, func(_ *db.Tx, x *Candidate) (map[string]any, error) {
		if err := in.Body.check(x.Active); err != nil {
			return nil, err
		}
		in.Body.apply(&x.Active, &x.Reason)
		return map[string]any{"active": x.Active}, nil
	})
}

func (s *Service) changeTarget(ctx context.Context, id, act, reason string, change func(*db.Tx, *Candidate) (map[string]any, error)) (Candidate, error) {
	return write(ctx, s, func(tx *db.Tx) (Candidate, error) {
		x, err := visibleTarget(ctx, tx.Reader, id, Manage)
		if err != nil {
			return x, err
		}
		detail, err := change(tx, &x)
		if err != nil {
			return x, err
		}
		x.ChangedAt = s.now()
		if err := saveTargets(tx, x); err != nil {
			return x, err
		}
		return x, s.Trail.Add(ctx, tx, trail.Record{Kind: ofTarget, ID: id}, trail.Step{Act: act, Reason: reason, Detail: detail})
	})
}

// Synced says how the library was brought up to date.
type Synced struct {
	Added   int `json:"added"`
	Changed int `json:"changed"`
	Closed  int `json:"closed" doc:"No longer active, because the institution was closed."`
}

// SyncInput says whose institutions are taken over.
type SyncInput struct {
	Region string `json:"region" maxLength:"6" doc:"GB/T 2260 code."`
}

// SyncTargets takes the institutions of a region into the library: new ones are
// added, changed ones changed, closed ones are active no more. Faults: NotFound,
// Forbidden.
func (s *Service) SyncTargets(ctx context.Context, in org.Posted[SyncInput]) (Synced, error) {
	return write(ctx, s, func(tx *db.Tx) (out Synced, err error) {
		region, err := org.RegionByCode(tx.Reader, in.Body.Region)
		if err != nil {
			return out, err
		}
		if err := authz.Need(ctx, Manage, region.Path); err != nil {
			return out, err
		}
		rows, err := registered(tx.Reader, region.Path)
		if err != nil {
			return out, err
		}
		var changed []Candidate
		var added []string
		for _, x := range rows {
			c, ok := x.settle(s.now(), &out)
			switch {
			case !ok:
				continue
			case x.Known == "":
				added = append(added, c.ID)
			default:
				if err := s.noteSync(ctx, tx, x.Candidate, c); err != nil {
					return out, err
				}
			}
			changed = append(changed, c)
		}
		if err := saveTargets(tx, changed...); err != nil {
			return out, err
		}
		return out, s.Trail.AddMany(ctx, tx, ofTarget, added, trail.Step{Act: "add"})
	})
}

// noteSync writes down at a target what the register made of it.
func (s *Service) noteSync(ctx context.Context, tx *db.Tx, was, now Candidate) error {
	detail, err := turned(was, now)
	if err != nil {
		return err
	}
	step := trail.Step{Act: "change", Detail: detail}
	if was.Active != now.Active {
		step.Act, step.Reason = "active", now.Reason
	}
	return s.Trail.Add(ctx, tx, trail.Record{Kind: ofTarget, ID: now.ID}, step)
}

// registration is an institution as the register has it, and its place on the
// library.
type registration struct {
	Candidate
	Known    string    // identifier on the library; empty where it has none
	UnitName string    // as the register has it, like the rest
	Region   string    //
	Subkind  string    //
	Class    string    //
	Owner    string    //
	Permit   string    //
	ClosedAt time.Time //
	At       string    // path
	Unit     string
}

func registered(r db.Reader, path string) ([]registration, error) {
	var w db.Where
	w.And("u.kind = 'institution'")
	org.Within(&w, "u.path", []string{path})
	return db.All[registration](r, `select u.id as unit, u.path as at, u.name as unit_name, u.region, u.subkind, u.closed_at, i.level as class, i.ownership as owner, i.licence as permit,
		coalesce(t.id, '') as known, coalesce(t.id, '') as id, u.id as unit_id, coalesce(t.path, '') as path, coalesce(t.district, '') as district, coalesce(t.name, '') as name, coalesce(t.kind, '') as kind,
		coalesce(t.level, '') as level, coalesce(t.ownership, '') as ownership, coalesce(t.licence, '') as licence, coalesce(t.credit, '') as credit, coalesce(t.source, '') as source,
		coalesce(t.active, 0) as active, coalesce(t.reason, '') as reason, t.created_at, t.changed_at
		from unit u join institution i on i.unit_id = u.id left join inspection_target t on t.unit_id = u.id `+w.String()+` order by u.id`, w.Args()...)
}

// settle returns what the library shall say, and whether that is new.
func (x registration) settle(now time.Time, out *Synced) (Candidate, bool) {
	c := x.Candidate
	c.Path, c.District, c.Name, c.Kind, c.Level, c.Ownership, c.Licence = x.At, x.Region, x.UnitName, x.Subkind, x.Class, x.Owner, x.Permit
	switch {
	case x.Known == "" && !x.ClosedAt.IsZero():
		return c, false
	case x.Known == "":
		c.ID, c.Source, c.Active, c.CreatedAt = db.NewID(), "register", true, now
		out.Added++
	case c.Active && !x.ClosedAt.IsZero():
		c.Active, c.Reason = false, "机构已关闭"
		out.Closed++
	case c != x.Candidate:
		out.Changed++
	default:
		return c, false
	}
	c.ChangedAt = now
	return c, true
}
