package org

import (
	"context"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/bulk"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/sheet"
)

// finder finds the units that rows speak of, by a code or by the name, within
// the scope of whoever imports.
type finder struct {
	r           db.Reader
	byName      map[string][]Unit
	byCode      map[string]Unit
	departments map[string]map[string]Unit // by institution and name, read when first asked for
	err         error                      // the first failure of the database
}

// find loads the open units of kinds where the actor of ctx holds p.
func find(ctx context.Context, r db.Reader, p authz.Permission, kinds ...string) (*finder, error) {
	units, codes, err := unitsAndCodes(r, authz.From(ctx).Paths(p), kinds)
	f := &finder{r: r, byName: map[string][]Unit{}, byCode: map[string]Unit{}, departments: map[string]map[string]Unit{}}
	byID := map[string]Unit{}
	for _, u := range units {
		f.byName[u.Name] = append(f.byName[u.Name], u)
		byID[u.ID] = u
	}
	for _, c := range codes {
		if u, ok := byID[c.UnitID]; ok {
			f.byCode[c.Value] = u
		}
	}
	return f, err
}

// unit returns the unit that a cell names, or complains.
func (f *finder) unit(l *bulk.Line, column string) (Unit, bool) {
	said := l.Text(column)
	if u, ok := f.byCode[tidyCode(said)]; ok {
		return u, true
	}
	switch found := f.byName[said]; {
	case len(found) == 0:
		l.Refuse(column, i18n.T("您的管理范围内没有这个单位", "there is no such unit in what you manage"))
	case len(found) > 1:
		l.Refuse(column, i18n.T("有 %d 个同名单位，请填代码", "%d units have this name; give a code"), len(found))
	default:
		return found[0], true
	}
	return Unit{}, false
}

// department returns the department of an institution that a cell names; the
// institution itself when the cell is empty.
func (f *finder) department(l *bulk.Line, column string, institution Unit) (Unit, bool) {
	said := l.Text(column)
	if said == "" {
		return institution, true
	}
	u, ok := f.departmentsOf(institution.ID)[said]
	if !ok {
		l.Refuse(column, i18n.T("该机构没有这个科室", "the institution has no such department"))
	}
	return u, ok
}

func (f *finder) departmentsOf(institution string) map[string]Unit {
	if known, ok := f.departments[institution]; ok {
		return known
	}
	byName := map[string]Unit{}
	units, err := departmentsOf(f.r, institution)
	for _, u := range units {
		byName[u.Name] = u
	}
	f.fail(err)
	f.departments[institution] = byName
	return byName
}

// End implements bulk.Batch: the first failure of the database while rows were checked.
func (f *finder) End(db.Reader) error { return f.err }

func (f *finder) fail(err error) {
	if f.err == nil {
		f.err = err
	}
}

func departmentImport() importer {
	return importer{
		kind: "departments", name: i18n.T("科室", "departments"), needs: Manage,
		columns: []sheet.Column{
			{Name: "institution", Header: i18n.T("机构（名称或代码）", "Institution (name or code)"), Synonyms: []string{"机构", "机构名称", "所属机构", "Institution"}, Required: true},
			{Name: "name", Header: i18n.T("科室名称", "Department"), Required: true},
			{Name: "subkind", Header: i18n.T("诊疗科目", "Subject"), Synonyms: []string{"科目", "科目代码", "诊疗科目代码"}},
			{Name: "phone", Header: i18n.T("电话", "Telephone"), Synonyms: []string{"联系电话"}},
			{Name: "address", Header: i18n.T("位置", "Location"), Synonyms: []string{"地址"}},
		},
		examples: [2][]string{
			{"示例市第一人民医院", "心血管内科一病区", "03.04", "010-65432102", "2号楼5层"},
			{"示例市第一人民医院", "纪检监察室", "", "010-65432103", "行政楼3层"},
		},
		begin: func(ctx context.Context, s *Service, r db.Reader) (bulk.Batch, error) {
			f, err := find(ctx, r, Manage, string(Institution))
			return &departmentBatch{s: s, finder: f, seen: bulk.Seen[key]{}, subjects: namesOf(Subjects())}, err
		},
	}
}

// departmentBatch checks and keeps departments.
type departmentBatch struct {
	s *Service
	*finder
	seen     bulk.Seen[key]
	subjects names
	units    []Unit
}

// Add implements bulk.Batch.
func (b *departmentBatch) Add(l *bulk.Line) {
	u := Unit{ID: db.NewID(), Kind: Department, Subkind: b.subjects.code(l.Text("subkind")), Name: l.Text("name"),
		Phone: l.Text("phone"), Address: l.Text("address"), CreatedAt: b.s.now()}
	l.RefuseFault(checkUnit(u).Err(), "")
	above, ok := b.unit(l, "institution")
	if !ok {
		return
	}
	u.Parent, u.Region, u.Path, u.Sort = above.ID, above.Region, above.Path+u.ID+"/", naturalSort(Department, u.Subkind, "")
	b.seen.RefuseTwin(l, "name", key{above.ID, u.Name})
	if _, taken := b.departmentsOf(above.ID)[u.Name]; taken {
		l.Refuse("name", i18n.T("该机构已有同名科室", "the institution has a department of this name"))
	}
	if !l.Bad() {
		b.units = append(b.units, u)
	}
}

// Store implements bulk.Batch.
func (b *departmentBatch) Store(_ context.Context, tx *db.Tx) error {
	return InsertUnit(tx, b.units...)
}

func placeImport() importer {
	return importer{
		kind: "places", name: i18n.T("地点", "places"), needs: ManagePlaces,
		columns: []sheet.Column{
			{Name: "institution", Header: i18n.T("机构（名称或代码）", "Institution (name or code)"), Synonyms: []string{"机构", "机构名称", "所属机构", "Institution"}, Required: true},
			{Name: "department", Header: i18n.T("科室", "Department"), Synonyms: []string{"所属科室", "科室名称"}},
			{Name: "kind", Header: i18n.T("地点类型", "Kind"), Synonyms: []string{"类型"}, Required: true},
			{Name: "name", Header: i18n.T("地点名称", "Place"), Required: true},
			{Name: "location", Header: i18n.T("位置", "Location"), Synonyms: []string{"楼层"}},
		},
		examples: [2][]string{
			{"示例市第一人民医院", "心血管内科一病区", "病区", "心内一病区", "2号楼5层"},
			{"示例市第一人民医院", "", "窗口", "3号收费窗口", "门诊楼1层"},
		},
		begin: func(ctx context.Context, s *Service, r db.Reader) (bulk.Batch, error) {
			f, err := find(ctx, r, ManagePlaces, string(Institution))
			return &placeBatch{s: s, finder: f, seen: bulk.Seen[key]{}, kinds: namesOf(placeKinds()), known: map[string]map[key]bool{}}, err
		},
	}
}

// placeBatch checks and keeps places.
type placeBatch struct {
	s *Service
	*finder
	seen   bulk.Seen[key]
	kinds  names
	known  map[string]map[key]bool // unit, name and location of the places of an institution
	places []Place
}

// Add implements bulk.Batch.
func (b *placeBatch) Add(l *bulk.Line) {
	p := Place{ID: db.NewID(), Kind: PlaceKind(b.kinds.code(l.Text("kind"))), Name: l.Text("name"), Location: l.Text("location"), CreatedAt: b.s.now()}
	l.RefuseFault(checkPlace(p), "")
	institution, ok := b.unit(l, "institution")
	if !ok {
		return
	}
	u, ok := b.department(l, "department", institution)
	if !ok {
		return
	}
	p.UnitID, p.Institution, p.Path = u.ID, institution.ID, u.Path
	b.seen.RefuseTwin(l, "name", key{u.ID, p.Name, p.Location})
	if b.placesOf(institution.ID)[key{p.UnitID, p.Name, p.Location}] {
		l.Refuse("name", placeTaken)
	}
	if !l.Bad() {
		b.places = append(b.places, p)
	}
}

func (b *placeBatch) placesOf(institution string) map[key]bool {
	if known, ok := b.known[institution]; ok {
		return known
	}
	known, err := placeKeys(b.r, institution)
	b.fail(err)
	b.known[institution] = known
	return known
}

// Store implements bulk.Batch.
func (b *placeBatch) Store(_ context.Context, tx *db.Tx) error { return InsertPlace(tx, b.places...) }

func staffImport() importer {
	return importer{
		kind: "staff", name: i18n.T("人员", "staff"), needs: Manage,
		columns: []sheet.Column{
			{Name: "unit", Header: i18n.T("单位（名称或代码）", "Unit (name or code)"), Synonyms: []string{"单位", "单位名称", "所属单位", "机构", "机构名称", "Unit"}, Required: true},
			{Name: "department", Header: i18n.T("科室", "Department"), Synonyms: []string{"所属科室", "科室名称"}},
			{Name: "name", Header: i18n.T("姓名", "Name"), Required: true},
			{Name: "employee_no", Header: i18n.T("工号", "Employee number"), Synonyms: []string{"职工号", "员工号"}},
			{Name: "title", Header: i18n.T("职务", "Title"), Synonyms: []string{"职务职称", "岗位"}},
			{Name: "phone", Header: i18n.T("手机或电话", "Telephone"), Synonyms: []string{"手机", "电话", "联系电话"}},
			{Name: "email", Header: i18n.T("邮箱", "E-mail"), Synonyms: []string{"电子邮箱", "电子邮件"}},
		},
		examples: [2][]string{
			{"示例市第一人民医院", "心血管内科一病区", "王五", "0001", "护士长", "13800000001", "wangwu@example.org"},
			{"示例市第一人民医院", "", "赵六", "0002", "纪检干部", "010-65432104", ""},
		},
		begin: func(ctx context.Context, s *Service, r db.Reader) (bulk.Batch, error) {
			f, err := find(ctx, r, Manage, string(Commission), string(Agency), string(Institution))
			return &staffBatch{s: s, finder: f, seen: bulk.Seen[key]{}, known: map[string]map[string]bool{}}, err
		},
	}
}

// staffBatch checks and keeps people.
type staffBatch struct {
	s *Service
	*finder
	seen  bulk.Seen[key]
	known map[string]map[string]bool // employee numbers of a unit and what lies below
	staff []Staff
}

// Add implements bulk.Batch.
func (b *staffBatch) Add(l *bulk.Line) {
	p := Staff{ID: db.NewID(), Name: l.Text("name"), EmployeeNo: l.Text("employee_no"), Title: l.Text("title"),
		Phone: l.Text("phone"), Email: l.Text("email"), CreatedAt: b.s.now()}
	l.RefuseFault(checkStaff(p), "")
	whole, ok := b.unit(l, "unit")
	if !ok {
		return
	}
	u, ok := b.department(l, "department", whole)
	if !ok {
		return
	}
	p.UnitID = u.ID
	if p.EmployeeNo != "" {
		b.seen.RefuseTwin(l, "employee_no", key{whole.ID, p.EmployeeNo})
		if b.numbersOf(whole)[p.EmployeeNo] {
			l.Refuse("employee_no", i18n.T("该单位已有此工号", "the unit has this employee number already"))
		}
	}
	if !l.Bad() {
		b.staff = append(b.staff, p)
	}
}

func (b *staffBatch) numbersOf(whole Unit) map[string]bool {
	if known, ok := b.known[whole.ID]; ok {
		return known
	}
	known, err := employeeNumbers(b.r, whole.Path)
	b.fail(err)
	b.known[whole.ID] = known
	return known
}

// Store implements bulk.Batch.
func (b *staffBatch) Store(_ context.Context, tx *db.Tx) error { return InsertStaff(tx, b.staff...) }
