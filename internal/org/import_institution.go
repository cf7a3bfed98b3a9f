package org

import (
	"context"
	"strconv"
	"strings"
	"time"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
)

func institutionImport() importer {
	return importer{
		kind: "institutions", name: i18n.T("机构", "institutions"), needs: Manage,
		columns: []column{
			{"name", i18n.T("机构名称", "Name"), true},
			{"parent", i18n.T("行政区划", "Region"), true},
			{"subkind", i18n.T("机构类别", "Kind"), true},
			{"level", i18n.T("等级", "Level"), false},
			{"ownership", i18n.T("所有制", "Ownership"), false},
			{"nature", i18n.T("经营性质", "Nature"), false},
			{"uscc", i18n.T("统一社会信用代码", "Credit code"), false},
			{"registration", i18n.T("登记号", "Registration code"), false},
			{"insurance", i18n.T("医保机构代码", "Insurance code"), false},
			{"short_name", i18n.T("简称", "Short name"), false},
			{"phone", i18n.T("电话", "Telephone"), false},
			{"hours", i18n.T("服务时间", "Hours"), false},
			{"address", i18n.T("地址", "Address"), false},
			{"beds", i18n.T("床位数", "Beds"), false},
			{"licence", i18n.T("执业许可证号", "Licence"), false},
			{"licence_until", i18n.T("许可证有效期至", "Licence until"), false},
			{"legal_rep", i18n.T("法定代表人", "Legal representative"), false},
			{"principal", i18n.T("主要负责人", "Principal"), false},
		},
		examples: [2][]string{
			{"示例市第一人民医院", "110105", "综合医院", "三级甲等", "公立", "非营利性（政府办）", "12100000400000624D", "", "H11010500001", "市一院", "010-65432100", "工作日 8:00–17:00", "示例路1号", "1200", "", "2030-12-31", "张三", "李四"},
			{"示例社区卫生服务中心", "110105", "社区卫生服务中心", "一级未定等", "公立", "非营利性（政府办）", "", "", "", "", "010-65432101", "", "示例路2号", "20", "", "", "", ""},
		},
		begin: beginInstitutions,
	}
}

// institutionBatch checks and keeps institutions.
type institutionBatch struct {
	s        *Service
	actor    authz.Actor
	regions  map[string]Region // by code
	byName   map[string]string // code of the only region of a name in the own scope
	kinds    names
	levels   names
	owners   names
	natures  names
	taken    map[key]bool // region and name of those that are there
	carried  map[key]bool // system and value of codes that are there
	seen     seen
	units    []Unit
	profiles []Profile
	codes    []Code
}

func beginInstitutions(ctx context.Context, s *Service, r db.Reader) (batch, error) {
	b := &institutionBatch{s: s, actor: authz.From(ctx), seen: seen{}, kinds: namesOf(InstitutionKinds()),
		levels: namesOf(Levels()), owners: namesOf(Ownerships()), natures: namesOf(Natures())}
	err := firstOf(
		func() error { return b.loadRegions(r) },
		func() (err error) { b.taken, err = takenNames(r); return err },
		func() (err error) { b.carried, err = carriedCodes(r); return err },
	)
	return b, err
}

func (b *institutionBatch) loadRegions(r db.Reader) error {
	all, err := db.All[Region](r, `select * from region`)
	b.regions, b.byName = make(map[string]Region, len(all)), map[string]string{}
	for _, g := range all {
		b.regions[g.Code] = g
		if g.Closed || !b.actor.Covers(Manage, g.Path) {
			continue
		}
		if _, twice := b.byName[g.Name]; twice {
			b.byName[g.Name] = "" // two of one name: only the code tells them apart
			continue
		}
		b.byName[g.Name] = g.Code
	}
	return wrapped(err, "regions")
}

func (b *institutionBatch) add(l *line) {
	n := b.institution(l)
	u := n.unit()
	profile, err := n.profile()
	l.refuseIf(err, "")
	bad := checkUnit(u)
	checkProfile(bad, profile)
	l.refuseIf(bad.Err(), "")
	region := b.settle(l, &u)
	codes := b.checkCodes(l, n.codes())
	if region && u.Name != "" {
		l.refuseTwin(b.seen, "name", key{"name", u.Region, u.Name})
		if b.taken[key{u.Region, u.Name}] {
			l.refuse("name", i18n.T("该地区已有同名机构", "the region has an institution of this name"))
		}
	}
	if l.good() {
		b.keep(u, profile, codes)
	}
}

func (b *institutionBatch) institution(l *line) NewInstitution {
	n := NewInstitution{
		Name: l.get("name"), Parent: l.get("parent"), Subkind: b.kinds.code(l.get("subkind")),
		Level: b.levels.code(l.get("level")), Ownership: b.owners.code(l.get("ownership")), Nature: b.natures.code(l.get("nature")),
		CreditCode: l.get("uscc"), Registration: l.get("registration"), Insurance: l.get("insurance"),
		ShortName: l.get("short_name"), Phone: l.get("phone"), Hours: l.get("hours"), Address: l.get("address"),
		Licence: l.get("licence"), LicenceUntil: plainDay(l.get("licence_until")), LegalRep: l.get("legal_rep"), Principal: l.get("principal"),
	}
	if beds := l.get("beds"); beds != "" {
		var err error
		if n.Beds, err = strconv.Atoi(beds); err != nil {
			l.refuse("beds", i18n.T("应为整数", "must be a whole number"))
		}
	}
	return n
}

// settle gives the unit its place in the tree and reports whether there is one.
func (b *institutionBatch) settle(l *line, u *Unit) bool {
	if code := b.byName[u.Parent]; code != "" {
		u.Parent = code
	}
	g, ok := b.regions[u.Parent]
	switch {
	case u.Parent == "":
		l.refuse("parent", i18n.T("请填写行政区划代码或名称", "give the code or the name of the region"))
	case !ok || g.Closed:
		l.refuse("parent", i18n.T("没有这个行政区划，或名称不止一个，请填代码", "there is no such region, or several of this name; give the code"))
	case !b.actor.Covers(Manage, g.Path):
		l.refuse("parent", i18n.T("不在您的管理范围内", "outside of what you manage"))
	default:
		u.ID, u.Region = db.NewID(), g.Code
		u.Path = g.Path + u.ID + "/"
		return true
	}
	return false
}

// checkCodes checks codes by themselves, within the file and against those
// that others carry.
func (b *institutionBatch) checkCodes(l *line, codes []Code) []Code {
	known := func(region string) bool { _, ok := b.regions[region]; return ok }
	for i := range codes {
		c := &codes[i]
		c.Value = tidyCode(c.Value)
		column := string(c.System)
		if err := CheckCode(c.System, c.Value, known); err != nil {
			l.refuseIf(err, column)
			continue
		}
		l.refuseTwin(b.seen, column, key{column, c.Value})
		if b.carried[key{column, c.Value}] {
			l.refuse(column, codeTaken)
		}
	}
	return codes
}

func (b *institutionBatch) keep(u Unit, p Profile, codes []Code) {
	now := b.s.now()
	u.CreatedAt, u.Sort, p.UnitID = now, naturalSort(u.Kind, u.Subkind, p.Level), u.ID
	b.units, b.profiles = append(b.units, u), append(b.profiles, p)
	for _, c := range codes {
		c.UnitID, c.ValidFrom = u.ID, now
		b.codes = append(b.codes, c)
	}
}

func (b *institutionBatch) failure() error { return nil } // everything was read before the first row

func (b *institutionBatch) store(tx *db.Tx) error {
	return firstOf(
		func() error { return InsertUnit(tx, b.units...) },
		func() error { return InsertInstitution(tx, b.profiles...) },
		func() error { return InsertCode(tx, b.codes...) },
	)
}

// plainDay writes a day the way days are stored where people write it
// 2027/6/30, 2027.6.30 or 2027年6月30日; whatever else it is stays as it is.
func plainDay(s string) string {
	t, err := time.Parse("2006-1-2", strings.TrimSuffix(strings.NewReplacer("/", "-", ".", "-", "年", "-", "月", "-").Replace(s), "日"))
	if err != nil {
		return s
	}
	return t.Format(time.DateOnly)
}
