package inspection

import (
	"context"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/trail"
	"qingfeng/internal/org"
)

// RoleMonitor is the role of social supervisors.
const RoleMonitor = "monitor"

// Roster is what is on record of a social supervisor beside the library.
type Roster struct {
	OfficerID   string    `json:"-"`
	Walk        string    `json:"walk" doc:"Walk of life (身份、界别)."`
	Phone       string    `json:"phone"`
	Districts   []string  `json:"districts" nullable:"false" doc:"GB/T 2260 codes of where the person visits."`
	RecruitedBy string    `json:"recruited_by" doc:"Who recruited the person."`
	RecruitedOn time.Time `json:"recruited_on"`
	Training    string    `json:"training" doc:"In what the person was trained."`
	TrainedOn   time.Time `json:"trained_on,omitzero" doc:"Absent until then: nobody goes untrained."`
	TermFrom    time.Time `json:"term_from"`
	TermUntil   time.Time `json:"term_until" doc:"Last day of the appointment."`
}

const rosterColumns = `officer_id, walk, phone, districts, recruited_by, recruited_on, training, trained_on, term_from, term_until`

func (x Roster) save(tx *db.Tx) error {
	_, err := tx.Change("inspection_monitor", x.OfficerID, db.Upsert("inspection_monitor", rosterColumns, "officer_id"),
		x.OfficerID, x.Walk, x.Phone, x.Districts, x.RecruitedBy, x.RecruitedOn, x.Training, x.TrainedOn, x.TermFrom, x.TermUntil)
	return err
}

// rostersOf returns what is on record of those who are social supervisors.
func rostersOf(r db.Reader, ids []string) (map[string]Roster, error) {
	var w db.Where
	w.AndIn("officer_id", ids)
	all, err := db.All[Roster](r, `select `+rosterColumns+` from inspection_monitor `+w.String(), w.Args()...)
	out := make(map[string]Roster, len(all))
	for _, x := range all {
		out[x.OfficerID] = x
	}
	return out, err
}

// until is the end of the last day of the appointment.
func (x Roster) until() time.Time { return x.TermUntil.AddDate(0, 0, 1) }

// fit refuses a social supervisor who may not be given a task, with the way out.
func (x Roster) fit(bad *fault.Fields, at string, who Officer, t Task, now time.Time) {
	day := func(d time.Time) string { return d.In(clock.Shanghai).Format(time.DateOnly) }
	bad.Refuse(t.Kind != Monitor, at, i18n.T("%s 是社会监督员，只参加“社会监督员”方式的检查；请改用该检查方式，或换检查人员", "%s is a social supervisor: choose that kind of inspection, or an inspector"), who.Name)
	bad.Refuse(x.TrainedOn.IsZero() || x.TrainedOn.After(now), at, i18n.T("%s 尚未培训；请先在名册中登记培训", "%s is not trained yet; enter the training on the roster first"), who.Name)
	bad.Refuse(now.Before(x.TermFrom), at, i18n.T("%s 的聘期 %s 才开始", "the term of %s begins on %s"), who.Name, day(x.TermFrom))
	bad.Refuse(!now.Before(x.until()), at, i18n.T("%s 的聘期已于 %s 届满；续聘的请先修改名册", "the term of %s ended on %s; if it is renewed, say so on the roster first"), who.Name, day(x.TermUntil))
	bad.Refuse(now.Before(x.until()) && t.DueAt.After(x.until()), at, i18n.T("%s 的聘期到 %s，早于检查期限；请提前期限或换人", "the term of %s ends on %s, before the task is due; bring that forward or choose another"), who.Name, day(x.TermUntil))
	away := !slices.ContainsFunc(x.Districts, func(code string) bool { return strings.Contains(t.Path, "/"+code+"/") })
	bad.Refuse(away, at, i18n.T("%s 的监督区域不含该检查对象所在地；请换人，或在名册中增加区域", "%s does not visit where the target is; choose another, or add the district on the roster"), who.Name)
}

// SocialSupervisor is a social supervisor in a list.
type SocialSupervisor struct {
	Officer
	Roster
	Link *org.LinkState `json:"link,omitempty" db:"-" doc:"Absent where none was given."`
}

// ListMonitorsInput asks for a page of social supervisors.
type ListMonitorsInput struct {
	list.Query
	Q        string `query:"q" maxLength:"100" doc:"Part of name, walk of life or telephone."`
	Box      string `query:"box" enum:"all,ready,untrained,over" default:"all" doc:"ready: can be assigned. over: the term is."`
	Inactive bool   `query:"inactive" doc:"Those who left too."`
}

const monitorSelection = `select o.*, m.walk, m.phone, m.districts, m.recruited_by, m.recruited_on, m.training, m.trained_on, m.term_from, m.term_until
	from inspection_officer o join inspection_monitor m on m.officer_id = o.id`

// ListMonitors lists the social supervisors whom the actor manages, the longest
// known first.
func (s *Service) ListMonitors(ctx context.Context, in ListMonitorsInput) (list.Page[SocialSupervisor], error) {
	return read(ctx, s, func(r db.Reader) (list.Page[SocialSupervisor], error) {
		order := list.Up("o.created_at", "o.id", func(x SocialSupervisor) list.Key { return list.At(x.CreatedAt, x.ID) })
		page, err := pageOf(ctx, r, in.Query, order, s.narrowMonitors(in), monitorSelection)
		for i := 0; err == nil && i < len(page.Items); i++ {
			page.Items[i].Link, err = org.LinkStateOf(r, page.Items[i].StaffID)
		}
		return page, err
	})
}

func (s *Service) narrowMonitors(in ListMonitorsInput) func(context.Context, db.Reader, *db.Where) error {
	return func(ctx context.Context, _ db.Reader, w *db.Where) error {
		today := clock.Day(s.now())
		org.Within(w, "o.path", authz.From(ctx).Paths(Manage))
		org.Contains(w, in.Q, "o.name", "m.walk", "m.phone")
		w.AndIf(!in.Inactive, "o.active = 1")
		switch in.Box {
		case "ready":
			w.And("m.trained_on <= ? and m.term_from <= ? and m.term_until >= ?", today, today, today)
		case "untrained":
			w.And("m.trained_on is null")
		case "over":
			w.And("m.term_until < ?", today)
		}
		return nil
	}
}

// MonitorInput is what is written of a social supervisor.
type MonitorInput struct {
	Name        string   `json:"name" maxLength:"50"`
	Phone       string   `json:"phone" maxLength:"20" doc:"The link is opened with its last four digits."`
	Walk        string   `json:"walk" maxLength:"100" doc:"Walk of life."`
	District    string   `json:"district" maxLength:"6" doc:"Region that appoints the person."`
	Districts   []string `json:"districts,omitempty" maxItems:"100" doc:"Where the person visits; absent: in that region."`
	RecruitedBy string   `json:"recruited_by" maxLength:"100"`
	RecruitedOn string   `json:"recruited_on" maxLength:"10"`
	Training    string   `json:"training,omitempty" maxLength:"200"`
	TrainedOn   string   `json:"trained_on,omitempty" maxLength:"10"`
	TermFrom    string   `json:"term_from" maxLength:"10"`
	TermUntil   string   `json:"term_until" maxLength:"10"`
}

// roster reads what was written, and refuses what does not fit together.
func (in MonitorInput) roster(now time.Time) (x Roster, err error) {
	x = Roster{Walk: strings.TrimSpace(in.Walk), Phone: strings.TrimSpace(in.Phone), Districts: in.Districts, RecruitedBy: strings.TrimSpace(in.RecruitedBy), Training: strings.TrimSpace(in.Training)}
	if len(x.Districts) == 0 {
		x.Districts = []string{in.District}
	}
	day := func(to *time.Time, field, text string) func() error {
		return func() (err error) { *to, err = clock.ParseDay(field, text); return err }
	}
	if err := fault.First(day(&x.RecruitedOn, "recruited_on", in.RecruitedOn), day(&x.TrainedOn, "trained_on", in.TrainedOn),
		day(&x.TermFrom, "term_from", in.TermFrom), day(&x.TermUntil, "term_until", in.TermUntil)); err != nil {
		return x, err
	}
	var bad fault.Fields
	bad.Refuse(strings.TrimSpace(in.Name) == "", "name", i18n.T("请填写姓名", "give the name"))
	bad.Refuse(!org.ValidPhone(x.Phone), "phone", i18n.T("请填写手机号，个人链接要用它的后四位核对本人", "give the telephone number: the link asks for its last four digits"))
	bad.Refuse(x.Walk == "", "walk", i18n.T("请填写身份或界别", "say from which walk of life"))
	bad.Refuse(x.RecruitedBy == "", "recruited_by", i18n.T("请填写聘请单位", "say who recruited the person"))
	bad.Refuse(x.RecruitedOn.IsZero() || x.RecruitedOn.After(now), "recruited_on", i18n.T("请填写聘请日期，不能晚于今天", "say when the person was recruited; not later than today"))
	bad.Refuse(x.TrainedOn.After(now), "trained_on", i18n.T("培训日期不能晚于今天", "the training cannot be in the future"))
	bad.Refuse(x.TrainedOn.IsZero() != (x.Training == ""), "training", i18n.T("培训日期和培训内容应同时填写", "day and subject of the training go together"))
	bad.Refuse(x.TermFrom.IsZero(), "term_from", i18n.T("请填写聘期开始日期", "say when the term begins"))
	bad.Refuse(x.TermUntil.Before(x.TermFrom) || x.TermUntil.IsZero(), "term_until", i18n.T("请填写聘期届满日期，不能早于开始", "say when the term ends; not before it begins"))
	return x, bad.Err()
}

// AddMonitor puts a social supervisor on the roster and opens an account, which
// nothing opens until a link is given. Faults: Invalid, NotFound, Forbidden, Conflict
// for a telephone number that is another's.
func (s *Service) AddMonitor(ctx context.Context, in org.Posted[MonitorInput]) (MonitorDetail, error) {
	return write(ctx, s, func(tx *db.Tx) (MonitorDetail, error) {
		x := Officer{ID: db.NewID(), Kind: aMonitor, Active: true, CreatedAt: s.now()}
		return s.putMonitor(ctx, tx, x, in.Body, "add")
	})
}

// ChangeMonitor changes what is on record of a social supervisor. A link follows the
// term. Faults: as AddMonitor.
func (s *Service) ChangeMonitor(ctx context.Context, in org.PostedTo[MonitorInput]) (MonitorDetail, error) {
	return write(ctx, s, func(tx *db.Tx) (MonitorDetail, error) {
		x, err := monitorByID(ctx, tx.Reader, in.ID)
		if err != nil {
			return MonitorDetail{}, err
		}
		return s.putMonitor(ctx, tx, x, in.Body, "change")
	})
}

func (s *Service) putMonitor(ctx context.Context, tx *db.Tx, x Officer, in MonitorInput, act string) (out MonitorDetail, err error) {
	roster, err := in.roster(s.now())
	if err != nil {
		return out, err
	}
	region, err := placed(ctx, tx.Reader, in.District, roster.Districts)
	if err != nil {
		return out, err
	}
	other, err := db.Values[string](tx.Reader, `select officer_id from inspection_monitor where phone = $1 and officer_id <> $2`, roster.Phone, x.ID)
	if err == nil && len(other) > 0 {
		err = fault.New(fault.Conflict, i18n.T("名册中已有此手机号", "the telephone number is on the roster already"))
	}
	if err != nil {
		return out, err
	}
	x.Name, x.Agency, x.District, x.Path, x.ChangedAt, roster.OfficerID = strings.TrimSpace(in.Name), roster.Walk, region.Code, region.Path, s.now(), x.ID
	err = fault.First(
		func() (err error) {
			x.StaffID, err = s.Links.Enlist(ctx, tx, org.Volunteer{StaffID: x.StaffID, Name: x.Name, Phone: roster.Phone, Path: x.Path, Role: RoleMonitor, Until: roster.until()})
			return err
		},
		func() error { return saveOfficers(tx, x) },
		func() error { return roster.save(tx) },
		func() error {
			return s.Trail.Add(ctx, tx, trail.Record{Kind: ofOfficer, ID: x.ID}, trail.Step{Act: act})
		},
		func() (err error) { out, err = s.monitorDetail(ctx, tx.Reader, x); return err },
	)
	return out, err
}

// placed returns the region of a social supervisor, and refuses districts that are
// not in it.
func placed(ctx context.Context, r db.Reader, code string, districts []string) (region org.Region, err error) {
	if region, err = org.RegionByCode(r, code); err != nil {
		return region, err
	}
	for _, d := range districts {
		g, err := org.RegionByCode(r, d)
		if err != nil {
			return region, err
		}
		if !strings.HasPrefix(g.Path, region.Path) {
			return region, fault.Field("districts", i18n.T("%s 不在 %s 内", "%s is not in %s"), g.Name, region.Name)
		}
	}
	return region, authz.Need(ctx, Manage, region.Path)
}

var aSupervisor = i18n.T("社会监督员", "social supervisor")

// monitorByID returns a social supervisor whom the actor manages. Fault: NotFound.
func monitorByID(ctx context.Context, r db.Reader, id string) (Officer, error) {
	x, err := visibleOfficer(ctx, r, id, Manage)
	if err == nil && x.Kind != aMonitor || fault.Is(err, fault.NotFound) {
		err = fault.Missing(aSupervisor)
	}
	return x, err
}

// MonitorDetail is a social supervisor with recusals and history.
type MonitorDetail struct {
	SocialSupervisor
	Recusals []Recused `json:"recusals"`
	org.Life
}

// GetMonitor returns a social supervisor. Fault: NotFound.
func (s *Service) GetMonitor(ctx context.Context, in org.ByID) (MonitorDetail, error) {
	return read(ctx, s, func(r db.Reader) (MonitorDetail, error) {
		x, err := monitorByID(ctx, r, in.ID)
		if err != nil {
			return MonitorDetail{}, err
		}
		return s.monitorDetail(ctx, r, x)
	})
}

func (s *Service) monitorDetail(ctx context.Context, r db.Reader, x Officer) (out MonitorDetail, err error) {
	out.Officer = x
	rosters, err := rostersOf(r, []string{x.ID})
	if err != nil {
		return out, err
	}
	out.Roster = rosters[x.ID]
	err = fault.First(
		func() (err error) { out.Link, err = org.LinkStateOf(r, x.StaffID); return err },
		func() (err error) { out.Recusals, err = recusalsOf(ctx, r, "x.officer_id", x.ID); return err },
		func() (err error) { out.Life, err = org.LifeOf(r, trail.Record{Kind: ofOfficer, ID: x.ID}); return err },
	)
	return out, err
}

// PersonalLink is the link of a social supervisor, shown this once.
type PersonalLink struct {
	Name  string    `json:"name"`
	Token string    `json:"token" doc:"What comes after # in /console/link."`
	Until time.Time `json:"until" doc:"The end of the term: it opens nothing after."`
}

// GiveLink gives a social supervisor a personal link, in place of any other. Faults:
// NotFound, Forbidden, Conflict for one who has left, whose term is over, or whose
// account may do more than a link may open.
func (s *Service) GiveLink(ctx context.Context, in org.ByID) (PersonalLink, error) {
	return write(ctx, s, func(tx *db.Tx) (out PersonalLink, err error) {
		x, err := monitorByID(ctx, tx.Reader, in.ID)
		if err != nil {
			return out, err
		}
		rosters, err := rostersOf(tx.Reader, []string{x.ID})
		if err != nil {
			return out, err
		}
		out = PersonalLink{Name: x.Name, Until: rosters[x.ID].until()}
		if !x.Active || !s.now().Before(out.Until) {
			return out, fault.New(fault.Conflict, i18n.T("%s 已停用或聘期届满，不能发放链接", "%s has left or the term is over: no link is given"), x.Name).
				WithFix(i18n.T("续聘的请先修改名册", "if the term is renewed, say so on the roster first"))
		}
		if out.Token, err = s.Links.GiveLink(ctx, tx, x.StaffID, out.Until); err != nil {
			return out, err
		}
		return out, s.Trail.Add(ctx, tx, trail.Record{Kind: ofOfficer, ID: x.ID}, trail.Step{Act: "link"})
	})
}

// EndLink ends the personal link of a social supervisor: it went astray, or is not
// needed any more. Faults: Invalid without a reason, NotFound, Forbidden.
func (s *Service) EndLink(ctx context.Context, in org.PostedTo[Because]) (MonitorDetail, error) {
	reason := strings.TrimSpace(in.Body.Reason)
	if err := because(reason); err != nil {
		return MonitorDetail{}, err
	}
	return write(ctx, s, func(tx *db.Tx) (out MonitorDetail, err error) {
		x, err := monitorByID(ctx, tx.Reader, in.ID)
		if err != nil {
			return out, err
		}
		err = fault.First(
			func() error { return s.Links.EndLink(ctx, tx, x.StaffID, reason) },
			func() error {
				return s.Trail.Add(ctx, tx, trail.Record{Kind: ofOfficer, ID: x.ID}, trail.Step{Act: "end-link", Reason: reason})
			},
			func() (err error) { out, err = s.monitorDetail(ctx, tx.Reader, x); return err },
		)
		return out, err
	})
}
