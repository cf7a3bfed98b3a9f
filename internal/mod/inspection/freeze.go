package inspection

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/clock"
	"qingfeng/internal/kit/config"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// Scope is what a draw chooses among.
type Scope struct {
	Kinds     []string  `json:"kinds" doc:"Kinds of target; none is all."`
	Districts []string  `json:"districts" doc:"None is all."`
	Items     []string  `json:"items"`
	Portion   int       `json:"portion" doc:"Of the shares of the year, in percent."`
	Count     int       `json:"count,omitempty" doc:"How many districts or days are drawn."`
	From      string    `json:"from,omitempty" doc:"First day that may be drawn."`
	To        string    `json:"to,omitempty" doc:"Last day that may be drawn."`
	DueOn     time.Time `json:"due_on,omitzero" doc:"Last day of the inspections."`
}

// FreezeInput is a draw to be prepared.
type FreezeInput struct {
	Of         string   `json:"of" maxLength:"20" doc:"targets, districts or days."`
	Title      string   `json:"title" maxLength:"200"`
	Region     string   `json:"region,omitempty" maxLength:"6" doc:"Not needed with a batch."`
	Batch      string   `json:"batch,omitempty" maxLength:"64" doc:"Batch of a published plan, which says what is drawn."`
	CampaignID string   `json:"campaign_id,omitempty" maxLength:"64"`
	Kinds      []string `json:"kinds,omitempty" maxItems:"60"`
	Districts  []string `json:"districts,omitempty" maxItems:"200"`
	Items      []string `json:"items,omitempty" maxItems:"200"`
	Count      int      `json:"count,omitempty" minimum:"0" maximum:"9999"`
	From       string   `json:"from,omitempty" maxLength:"10"`
	To         string   `json:"to,omitempty" maxLength:"10"`
	DueOn      string   `json:"due_on,omitempty" maxLength:"10"`
	Witnesses  []string `json:"witnesses" maxItems:"20" doc:"Names; at least two."`
}

// check refuses what no draw can be prepared from.
func (in FreezeInput) check() error {
	for i, name := range in.Witnesses {
		in.Witnesses[i] = strings.TrimSpace(name)
	}
	var bad fault.Fields
	oneOf(&bad, "of", in.Of, lots())
	bad.Refuse(strings.TrimSpace(in.Title) == "", "title", i18n.T("请填写抽取名称", "give the draw a title"))
	bad.Refuse(len(in.Witnesses) < witnesses, "witnesses", i18n.T("见证人不足两名，请再指定", "there are fewer than two witnesses; name more"))
	for i, name := range in.Witnesses {
		at := fmt.Sprintf("witnesses[%d]", i)
		bad.Refuse(name == "", at, i18n.T("请填写见证人姓名", "give the name of the witness"))
		bad.Refuse(name == Program, at, i18n.T("“%s”是程序自己的名字：它总是见证人，请填写人的姓名", "%s is what the program is called, which is always a witness; name a person").With(Program))
		bad.Refuse(slices.Contains(in.Witnesses[:i], name), at, i18n.T("见证人重复", "the same witness twice"))
		bad.AtMost(50, at, name)
	}
	bad.Refuse(in.Of != OfTargets && in.Count < 1, "count", i18n.T("请填写抽取数量", "say how many are drawn"))
	return bad.Err()
}

// FrozenDraw is a draw whose list is frozen, with the links of its witnesses.
type FrozenDraw struct {
	DrawDetail
	Links []Link `json:"links" doc:"Shown this once: each goes to its witness alone."`
}

// Link is where a witness takes part, without an account.
type Link struct {
	Witness string `json:"witness"`
	Token   string `json:"token"`
}

// newToken returns what opens the page of a witness, and what of it is stored.
func newToken() (token, stored string) {
	token = strings.ToLower(rand.Text())
	return token, hashToken(token)
}

func hashToken(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// Freeze freezes a list, publishes its hash and names the witnesses, the program
// after the others. Faults:
// Invalid for a list from which nothing can be drawn, with the targets that no two
// inspectors could go to; NotFound, Forbidden; Conflict where the batch has a draw, or
// where another list could take the same targets.
func (s *Service) Freeze(ctx context.Context, in org.Posted[FreezeInput]) (out FrozenDraw, err error) {
	if err := in.Body.check(); err != nil {
		return out, err
	}
	d, l, err := s.prepared(ctx, in.Body)
	if err != nil {
		return out, err
	}
	if d.Number, err = s.number(ctx, "CQ", districtOf(d.Path)); err != nil {
		return out, err
	}
	ws := make([]WitnessSeat, len(in.Body.Witnesses))
	for i, name := range in.Body.Witnesses {
		token, stored := newToken()
		ws[i] = WitnessSeat{ID: db.NewID(), DrawID: d.ID, Number: i + 1, Name: name, Token: stored}
		out.Links = append(out.Links, Link{ws[i].Name, token})
	}
	err = s.DB.InTx(ctx, func(tx *db.Tx) error {
		program, err := s.programSeat(tx, d.ID, len(ws)+1)
		return fault.First(
			func() error { return err },
			func() error { return s.alone(ctx, tx.Reader, d, l) },
			func() error { return saveDraw(tx, d, &l) },
			func() error { return saveWitnesses(tx, d.ID, append(slices.Clone(ws), program)) },
			func() error { return s.seal(tx, d, sealList, d.ListHash) },
			func() error { return s.seal(tx, d, sealProgram, program.Commitment) },
			func() error {
				return s.step(ctx, tx, ofDraw, d.ID, doFreeze, "", string(d.State), "", map[string]any{"hash": d.ListHash, "targets": d.Targets, "inspectors": d.Inspectors})
			},
		)
	})
	if err != nil {
		return FrozenDraw{}, err
	}
	out.DrawDetail, err = s.GetDraw(ctx, org.ByID{ID: d.ID})
	return out, err
}

// prepared reads the list of a draw, and refuses one that cannot be drawn from.
func (s *Service) prepared(ctx context.Context, in FreezeInput) (d Drawing, l List, err error) {
	err = s.DB.Read(ctx, func(r db.Reader) error {
		if d, err = s.outlined(ctx, r, in); err != nil {
			return err
		}
		if d.State, err = drawLife().Move("", doFreeze, may(ctx, d.Path)); err != nil {
			return err
		}
		if l, err = s.listOf(ctx, r, &d); err != nil {
			return err
		}
		return fault.First(l.Check, func() error { return l.short(r) }, l.some)
	})
	d.ListHash, d.Targets, d.Inspectors = l.Hash(), len(l.Targets), len(l.Inspectors)
	return d, l, err
}

// outlined is a draw before its list is read.
func (s *Service) outlined(ctx context.Context, r db.Reader, in FreezeInput) (d Drawing, err error) {
	d = Drawing{ID: db.NewID(), Of: in.Of, Kind: DoubleRandom, Title: strings.TrimSpace(in.Title), CampaignID: in.CampaignID, PreparedBy: authz.From(ctx).ID, PreparedAt: s.now(),
		Scope: Scope{Kinds: orNone(in.Kinds), Districts: orNone(in.Districts), Items: orNone(in.Items), Portion: 100, Count: in.Count, From: in.From, To: in.To}}
	if d.Scope.DueOn, err = clock.ParseDay("due_on", in.DueOn); err != nil {
		return d, err
	}
	if err := s.ofCampaign(ctx, r, in.CampaignID); err != nil {
		return d, err
	}
	if in.Batch != "" {
		b, p, err := batchOf(ctx, r, in.Batch)
		if err != nil {
			return d, err
		}
		d.PlanID, d.BatchID, d.Path = p.ID, b.ID, p.Path
		d.Scope = Scope{Kinds: b.Kinds, Districts: b.Districts, Items: b.Items, Portion: b.Portion, DueOn: b.DueOn}
	} else {
		region, err := org.RegionByCode(r, in.Region)
		if err != nil {
			return d, err
		}
		d.Path = region.Path
	}
	if in.Of == OfTargets && !d.Scope.DueOn.After(d.PreparedAt) {
		return d, fault.Field("due_on", i18n.T("检查期限应晚于今天", "the inspections must end after today"))
	}
	return d, authz.Need(ctx, Manage, d.Path)
}

// listOf is the list of a draw as the libraries have it now.
func (s *Service) listOf(ctx context.Context, r db.Reader, d *Drawing) (l List, err error) {
	switch d.Of {
	case OfDistricts:
		l, err = districtsOf(r, *d)
	case OfDays:
		l, err = s.daysOf(ctx, *d)
	default:
		l, err = s.targetsOf(ctx, r, d)
	}
	l.Sort()
	return l, err
}

// districtsOf lists the regions right below that of a draw in which somebody may
// be inspected.
func districtsOf(r db.Reader, d Drawing) (List, error) {
	rows, err := db.All[Target](r, `select code as id, name, code as district, '' as kind, '' as credit from region where parent = $1 and closed = 0
		and exists (select 1 from inspection_target t where t.active = 1 and substr(t.path, 1, length(region.path)) = region.path)`, districtOf(d.Path))
	for i := range rows {
		rows[i].District = "" // one stratum
	}
	return pick(OfDistricts, rows, d.Scope.Count), err
}

// daysOf lists the working days of a time.
func (s *Service) daysOf(ctx context.Context, d Drawing) (List, error) {
	from, err := clock.ParseDay("from", d.Scope.From)
	if err != nil {
		return List{}, err
	}
	to, err := clock.ParseDay("to", d.Scope.To)
	if err != nil {
		return List{}, err
	}
	if from.IsZero() || to.Before(from) || to.After(from.AddDate(1, 0, 0)) {
		return List{}, fault.Field("to", i18n.T("请填写起止日期，不超过一年", "give the first and the last day, at most a year apart"))
	}
	c, all := s.Calendar(ctx, d.PreparedAt, d.PreparedAt), []Target{}
	for day := from; !day.After(to); day = day.AddDate(0, 0, 1) {
		if c.Working(day) {
			name := day.Format(time.DateOnly)
			all = append(all, Target{ID: name, Name: name})
		}
	}
	return pick(OfDays, all, d.Scope.Count), nil
}

// pick is a list of which so many are drawn.
func pick(of string, all []Target, count int) List {
	const whole = 10000
	l := List{Of: of, Targets: all}
	if len(all) > 0 {
		l.Shares = []Share{{Per10000: whole * min(count, len(all)) / len(all)}}
	}
	return l
}

// targetsOf lists targets and inspectors.
func (s *Service) targetsOf(ctx context.Context, r db.Reader, d *Drawing) (l List, err error) {
	table, version, err := config.At(ctx, s.Settings, shares, d.Path, d.PreparedAt)
	if err != nil {
		return l, err
	}
	d.ShareVersion = version
	for _, x := range table {
		x.Per10000 = (x.Per10000*d.Scope.Portion + 99) / 100
		l.Shares = append(l.Shares, x)
	}
	err = fault.First(
		func() (err error) { l.Targets, err = candidates(r, *d); return err },
		func() error { return s.history(ctx, r, *d, l.Targets) },
		func() (err error) { l.Inspectors, err = s.available(r, *d); return err },
		func() (err error) { l.Recusals, err = recusedAt(r, d.Path, s.now()); return err },
		func() error { l.Recusals = l.concerned(); return nil },
	)
	return l, err
}

// concerned are the recusals between those who are on the list.
func (l List) concerned() []Recusal {
	who, whom := map[string]bool{}, map[string]bool{}
	for _, x := range l.Inspectors {
		who[x.ID] = true
	}
	for _, x := range l.Targets {
		whom[x.ID] = true
	}
	return slices.DeleteFunc(l.Recusals, func(r Recusal) bool { return !who[r.Inspector] || !whom[r.Target] })
}

// candidates are the active targets of a draw.
func candidates(r db.Reader, d Drawing) ([]Target, error) {
	var w db.Where
	w.And("active = 1")
	org.Within(&w, "path", []string{d.Path})
	if len(d.Scope.Kinds) > 0 {
		w.AndIn("kind", d.Scope.Kinds)
	}
	if len(d.Scope.Districts) > 0 {
		w.AndIn("district", d.Scope.Districts)
	}
	return db.All[Target](r, `select id, name, district, kind, credit from inspection_target `+w.String()+` order by id`, w.Args()...)
}

// history adds to targets who inspected them last, and whether the plan has drawn
// them already.
func (s *Service) history(ctx context.Context, r db.Reader, d Drawing, all []Target) error {
	fresh, _, err := config.At(ctx, s.Settings, newPair, d.Path, d.PreparedAt)
	if err != nil {
		return err
	}
	last := map[string][]string{}
	if fresh {
		var w db.Where
		w.And(hasResult)
		org.Within(&w, "path", []string{d.Path})
		pairs, err := db.All[Recusal](r, `select m.officer_id as inspector, t.target_id as target from inspection_member m join (
			select id, target_id, row_number() over (partition by target_id order by inspected_at desc, id desc) as back from inspection_task `+w.String()+`) t
			on t.id = m.task_id and t.back = 1 order by t.target_id, m.officer_id`, w.Args()...)
		if err != nil {
			return err
		}
		for _, p := range pairs {
			last[p.Target] = append(last[p.Target], p.Inspector)
		}
	}
	others, err := s.takenFrom(ctx, r, d)
	for i := range all {
		x := &all[i]
		x.Last, x.Drawn, x.Spared = last[x.ID], others.byPlan[x.ID], others.spares(x.ID, x.Credit)
	}
	return err
}

// available are the inspectors of a draw: active, with a certificate that is valid
// today, and how many targets the year has given them.
func (s *Service) available(r db.Reader, d Drawing) ([]Inspector, error) {
	var w db.Where
	w.And("o.kind = ? and o.active = 1 and (o.cert_until is null or o.cert_until >= ?)", anInspector, clock.Day(s.now()))
	org.Within(&w, "o.path", []string{d.Path})
	return db.All[Inspector](r, `select o.id, o.name, o.agency as unit, (select count(*) from inspection_member m join inspection_task k on k.id = m.task_id
		where m.officer_id = o.id and k.kind = 'double_random' and k.created_at >= `+w.Bind("?", yearOf(s.now()))+` and k.state not in ('unable', 'replaced')) as load
		from inspection_officer o `+w.String()+` order by o.id`, w.Args()...)
}

// yearOf is the first midnight of the year of t in Shanghai.
func yearOf(t time.Time) time.Time {
	return time.Date(t.In(clock.Shanghai).Year(), 1, 1, 0, 0, 0, 0, clock.Shanghai)
}

// short refuses a list with targets to which no two inspectors could go, and says
// which, by district. Fault: Invalid.
func (l List) short(r db.Reader) error {
	if l.Of != "" {
		return nil
	}
	out := map[string]map[string]bool{}
	for _, x := range l.Recusals {
		if out[x.Target] == nil {
			out[x.Target] = map[string]bool{}
		}
		out[x.Target][x.Inspector] = true
	}
	var names []i18n.Text
	districts := map[string]bool{}
	for _, x := range l.Targets {
		free := len(l.Inspectors) - len(out[x.ID])
		onlyThem := free == teamSize && len(x.Last) == teamSize && !out[x.ID][x.Last[0]] && !out[x.ID][x.Last[1]] && l.has(x.Last)
		if x.Drawn || x.Spared || free > teamSize || free == teamSize && !onlyThem {
			continue
		}
		names = append(names, i18n.Same(x.Name))
		districts[x.District] = true
	}
	if len(names) == 0 {
		return nil
	}
	places, err := regionNames(r, districts)
	if err != nil {
		return err
	}
	where, who := i18n.Some(places, 5), i18n.Some(names, 5)
	text := i18n.Text{ZH: fmt.Sprintf("%s 有 %d 个检查对象找不到两名可以搭档的检查人员：%s", where.ZH, len(names), who.ZH),
		EN: fmt.Sprintf("in %s there are %d targets to which no two inspectors could go: %s", where.EN, len(names), who.EN)}
	return fault.Field("inspectors", text).
		WithFix(i18n.T("请补充检查人员，核对回避关系和证件有效期，或把这些对象移出本次范围", "add inspectors, look at recusals and certificates, or leave these targets out"))
}

// has reports whether inspectors are on the list.
func (l List) has(ids []string) bool {
	return !slices.ContainsFunc(ids, func(id string) bool {
		return !slices.ContainsFunc(l.Inspectors, func(x Inspector) bool { return x.ID == id })
	})
}

// regionNames says what regions are called.
func regionNames(r db.Reader, codes map[string]bool) ([]i18n.Text, error) {
	var names []i18n.Text
	for code := range codes {
		name, err := org.RegionName(r, code)
		if err != nil {
			return nil, err
		}
		names = append(names, i18n.Same(name))
	}
	slices.SortFunc(names, func(a, b i18n.Text) int { return strings.Compare(a.ZH, b.ZH) })
	return names, nil
}

// number returns the next number of a day: CQ-370202-20260728-000123.
func (s *Service) number(ctx context.Context, prefix, region string) (string, error) {
	day := s.now().In(clock.Shanghai).Format("20060102")
	n, err := s.Numbers.Next(ctx, "inspection "+prefix+" "+region+" "+day)
	return fmt.Sprintf("%s-%s-%s-%06d", prefix, region, day, n), err
}
