package story

import (
	"regexp"
	"strings"
	"testing"
)

var (
	mobile  = regexp.MustCompile(`^1[3-9]\d{9}$`)
	chinese = regexp.MustCompile(`^\p{Han}{2,3}$`)
)

func TestPeople(t *testing.T) {
	g, again := city(t, 6), city(t, 6)
	phones, names := map[string]bool{}, map[string]bool{}
	women := 0
	const n = 20_000
	for i := range uint64(n) {
		p := g.Person(i)
		if p != again.Person(i) {
			t.Fatalf("person %d differs", i)
		}
		if !mobile.MatchString(p.Phone) || phones[p.Phone] {
			t.Fatalf("telephone %s", p.Phone)
		}
		if !chinese.MatchString(p.Name) || p.Age < 18 || p.Age > 88 {
			t.Fatalf("%+v", p)
		}
		phones[p.Phone], names[p.Name] = true, true
		if p.Female {
			women++
		}
	}
	if len(names) < n/3 || women < n*45/100 || women > n*60/100 {
		t.Errorf("%d names, %d women among %d", len(names), women, n)
	}
}

func TestTelephonesStayApartAtTheEdge(t *testing.T) {
	seen := map[string]bool{}
	for _, n := range []uint64{0, 1, 2, room - 2, room - 1} {
		p := phone(99, n)
		if !mobile.MatchString(p) || seen[p] {
			t.Errorf("number %d: %s", n, p)
		}
		seen[p] = true
	}
	if phone(99, room) != phone(99, 0) {
		t.Error("the numbers do not start again")
	}
}

func TestRegions(t *testing.T) {
	known := map[string]bool{"": true}
	names := map[string]bool{}
	for _, r := range Regions() {
		if !known[r.Parent] || known[r.Code] || names[r.Name] {
			t.Errorf("%+v comes before its parent or twice", r)
		}
		if !strings.HasPrefix(r.Code, "99") || (len(r.Code) != 6 && len(r.Code) != 9) || !strings.HasPrefix(r.Code, strings.TrimRight(r.Parent, "0")) {
			t.Errorf("%+v has a wrong code", r)
		}
		known[r.Code], names[r.Name] = true, true
	}
	for _, name := range []string{"清江市", "临江区", "北岸区", "云山区", "新港区", "石桥县"} {
		if !names[name] {
			t.Errorf("no %s", name)
		}
	}
	if len(known) < 100 {
		t.Errorf("only %d regions", len(known))
	}
}

func TestInstitutions(t *testing.T) {
	known := map[string]bool{"": true}
	for _, r := range Regions() {
		known[r.Code] = true
	}
	for _, n := range []int{0, 1, 60, 2567, 4500} {
		all := Institutions(n)
		if len(all) != n {
			t.Errorf("%d instead of %d", len(all), n)
		}
		names, kinds := map[string]bool{}, map[string]int{}
		for _, i := range all {
			if names[i.Name] || !known[i.Region] || !known[i.Town] || i.Region == "" || i.Kind == "" || i.Level == "" || i.Ownership == "" {
				t.Errorf("of %d: %+v", n, i)
			}
			names[i.Name] = true
			kinds[i.Kind]++
			if i.Town != "" && !strings.HasPrefix(i.Town, i.Region) {
				t.Errorf("%s stands in another district", i.Name)
			}
		}
		if n >= 60 && (kinds["综合医院"] < 3 || kinds["乡镇卫生院"] < 2 || kinds["社区卫生服务中心"] < 2 || len(kinds) < 8) {
			t.Errorf("of %d: %v", n, kinds)
		}
	}
}

func TestPlaces(t *testing.T) {
	for _, i := range Institutions(200) {
		places := Places(i)
		if len(places) == 0 {
			t.Errorf("%s has no place for a code", i.Name)
		}
		names, wards := map[string]bool{}, 0
		for _, p := range places {
			if p.Name == "" || names[p.Name] {
				t.Errorf("%s: %q", i.Name, p.Name)
			}
			names[p.Name] = true
			if p.Kind == "病区" {
				wards++
			}
		}
		if (wards > 0) != (i.Beds > 0 && len(Departments(i.Kind)) > 1) {
			t.Errorf("%s has %d beds and %d wards", i.Name, i.Beds, wards)
		}
	}
}

func TestSubjectsAreCodes(t *testing.T) {
	code := regexp.MustCompile(`^\d\d(\.\d\d)?$`)
	for _, kind := range []string{"综合医院", "中医医院", "妇幼保健院", "专科医院", "乡镇卫生院", "诊所"} {
		for _, d := range Departments(kind) {
			if !code.MatchString(d.Subject) {
				t.Errorf("%s: %+v", kind, d)
			}
		}
	}
}
