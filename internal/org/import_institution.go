package org

import (
	"context"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/bulk"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
)

func institutionImport() importer {
	return importer{
		kind: "institutions", name: i18n.T("机构", "institutions"), needs: Manage,
		columns: []sheet.Column{
			{Name: "name", Header: i18n.T("机构名称", "Name"), Synonyms: []string{"名称", "单位名称", "医疗机构名称", "医院名称"}, Required: true},
			{Name: "parent", Header: i18n.T("行政区划", "Region"), Synonyms: []string{"区划代码", "行政区划代码", "区县", "所属区县", "地区"}, Required: true},
			{Name: "subkind", Header: i18n.T("机构类别", "Kind"), Synonyms: []string{"类别", "机构类型"}, Required: true},
			{Name: "level", Header: i18n.T("等级", "Level"), Synonyms: []string{"级别", "医院等级", "机构等级"}},
			{Name: "ownership", Header: i18n.T("所有制", "Ownership"), Synonyms: []string{"所有制形式", "举办主体"}},
			{Name: "nature", Header: i18n.T("经营性质", "Nature"), Synonyms: []string{"性质", "分类管理"}},
			{Name: "uscc", Header: i18n.T("统一社会信用代码", "Credit code"), Synonyms: []string{"信用代码", "社会信用代码"}},
			{Name: "registration", Header: i18n.T("登记号", "Registration code"), Synonyms: []string{"医疗机构登记号", "机构代码", "登记编号"}},
			{Name: "insurance", Header: i18n.T("医保机构代码", "Insurance code"), Synonyms: []string{"医保代码", "国家医保编码"}},
			{Name: "short_name", Header: i18n.T("简称", "Short name")},
			{Name: "phone", Header: i18n.T("电话", "Telephone"), Synonyms: []string{"联系电话", "电话号码"}},
			{Name: "hours", Header: i18n.T("服务时间", "Hours"), Synonyms: []string{"服务时段"}},
			{Name: "address", Header: i18n.T("地址", "Address"), Synonyms: []string{"机构地址"}},
			{Name: "beds", Header: i18n.T("床位数", "Beds"), Synonyms: []string{"床位", "编制床位"}, Kind: sheet.Integer},
			{Name: "licence", Header: i18n.T("执业许可证号", "Licence"), Synonyms: []string{"许可证号"}},
			{Name: "licence_until", Header: i18n.T("许可证有效期至", "Licence until"), Synonyms: []string{"有效期至", "许可证有效期"}, Kind: sheet.Day},
			{Name: "legal_rep", Header: i18n.T("法定代表人", "Legal representative"), Synonyms: []string{"法人代表", "法人"}},
			{Name: "principal", Header: i18n.T("主要负责人", "Principal"), Synonyms: []string{"负责人"}},
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
	seen     bulk.Seen[key]
	units    []Unit
	profiles []Profile
	codes    []Code
}

func beginInstitutions(ctx context.Context, s *Service, r db.Reader) (bulk.Batch, error) {
	b := &institutionBatch{s: s, actor: authz.From(ctx), seen: bulk.Seen[key]{}, kinds: namesOf(InstitutionKinds()),
		levels: namesOf(Levels()), owners: namesOf(Ownerships()), natures: namesOf(Natures())}
	err := fault.First(
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

// Add implements bulk.Batch.
func (b *institutionBatch) Add(l *bulk.Line) {
	u, p, codes := b.read(l)
	bad := checkUnit(u)
	checkProfile(bad, p)
	l.RefuseFault(bad.Err(), "")
	if b.settle(l, &u) {
		b.seen.RefuseTwin(l, "name", key{"name", u.Region, u.Name})
		if b.taken[key{u.Region, u.Name}] {
			l.Refuse("name", i18n.T("该地区已有同名机构", "the region has an institution of this name"))
		}
	}
	b.checkCodes(l, codes)
	if !l.Bad() {
		b.keep(u, p, codes)
	}
}

// read takes an institution from its row.
func (b *institutionBatch) read(l *bulk.Line) (Unit, Profile, []Code) {
	u := Unit{Kind: Institution, Subkind: b.kinds.code(l.Text("subkind")), Parent: l.Text("parent"), Name: l.Text("name"),
		ShortName: l.Text("short_name"), Phone: l.Text("phone"), Hours: l.Text("hours"), Address: l.Text("address")}
	p := Profile{Level: b.levels.code(l.Text("level")), Ownership: b.owners.code(l.Text("ownership")), Nature: b.natures.code(l.Text("nature")),
		Beds: int(l.Int("beds")), Licence: l.Text("licence"), LicenceUntil: l.Time("licence_until"), LegalRep: l.Text("legal_rep"), Principal: l.Text("principal")}
	var codes []Code
	for _, system := range CodeSystems() {
		if value := tidyCode(l.Text(system.Code)); value != "" {
			codes = append(codes, Code{System: CodeSystem(system.Code), Value: value})
		}
	}
	return u, p, codes
}

// settle gives the unit its place in the tree and reports whether there is one.
func (b *institutionBatch) settle(l *bulk.Line, u *Unit) bool {
	if code := b.byName[u.Parent]; code != "" {
		u.Parent = code
	}
	g, ok := b.regions[u.Parent]
	switch {
	case !ok || g.Closed:
		l.Refuse("parent", i18n.T("没有这个行政区划，或名称不止一个，请填代码", "there is no such region, or several of this name; give the code"))
	case !b.actor.Covers(Manage, g.Path):
		l.Refuse("parent", i18n.T("不在您的管理范围内", "outside of what you manage"))
	default:
		u.ID, u.Region = db.NewID(), g.Code
		u.Path = g.Path + u.ID + "/"
		return true
	}
	return false
}

// checkCodes checks codes by themselves, within the file and against those
// that others carry.
func (b *institutionBatch) checkCodes(l *bulk.Line, codes []Code) {
	known := func(region string) bool { _, ok := b.regions[region]; return ok }
	for _, c := range codes {
		column := string(c.System)
		if err := CheckCode(c.System, c.Value, known); err != nil {
			l.RefuseFault(err, column)
			continue
		}
		b.seen.RefuseTwin(l, column, key{column, c.Value})
		if b.carried[key{column, c.Value}] {
			l.Refuse(column, codeTaken)
		}
	}
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

// End implements bulk.Batch.
func (b *institutionBatch) End(db.Reader) error { return nil } // everything was read before the first row

// Store implements bulk.Batch.
func (b *institutionBatch) Store(_ context.Context, tx *db.Tx) error {
	return fault.First(
		func() error { return InsertUnit(tx, b.units...) },
		func() error { return InsertInstitution(tx, b.profiles...) },
		func() error { return InsertCode(tx, b.codes...) },
	)
}
