package org_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/xuri/excelize/v2"

	"qingfeng/internal/kit/bulk"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/kit/list"
	"qingfeng/internal/kit/sheet"
	"qingfeng/internal/org"
)

// csv is a file to be imported.
func csv(lines ...string) bulk.Upload {
	return bulk.Upload{Name: "file.csv", RawBody: []byte(strings.Join(lines, "\n"))}
}

func committed(in bulk.Upload) bulk.Upload {
	in.Commit = true
	return in
}

// problems lists row, column and text of a report.
func problems(r bulk.Report) []string {
	list := []string{}
	for _, p := range r.Problems {
		list = append(list, fmt.Sprintf("%d %s: %s", p.Row, p.Column, p.Text.ZH))
	}
	return list
}

const institutionHeader = "机构名称,行政区划代码,机构类别,等级,所有制,统一社会信用代码,登记号,医保机构代码,电话,床位数,许可证有效期至"

func TestImportInstitutions(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		file := csv(institutionHeader,
			"城西人民医院,990103,综合医院,二级甲等,公立,9144030071526726XG,40000062499010311A1001,H99010300001,0990-1234567,300,2030年6月30日",
			"李氏诊所,城西区,clinic,,private,,,,,,")
		checked := ok(c.Import(c.admin, "institutions", file))(t)
		if checked.Total != 2 || checked.Good != 2 || checked.Imported != 0 || len(problems(checked)) != 0 {
			t.Errorf("got %+v", checked)
		}
		if page := ok(c.ListInstitutions(c.admin, org.ListInstitutions{Region: "990103"}))(t); len(page.Items) != 0 {
			t.Error("a file that was only checked was imported")
		}
		if done := ok(c.Import(c.admin, "institutions", committed(file)))(t); done.Imported != 2 {
			t.Errorf("got %+v", done)
		}
		page := ok(c.ListInstitutions(c.admin, org.ListInstitutions{Region: "990103"}))(t)
		d := ok(c.Unit(c.admin, org.ByID{ID: page.Items[0].ID}))(t)
		if d.Name != "城西人民医院" || d.Profile.Level != "2A" || d.Profile.Beds != 300 || len(d.Codes) != 3 || d.Profile.LicenceUntil.IsZero() || page.Items[1].Subkind != "clinic" {
			t.Errorf("got %+v", d)
		}
		again := ok(c.Import(c.admin, "institutions", committed(file)))(t)
		if again.Imported != 0 || again.Good != 0 {
			t.Errorf("imported twice: %+v", again)
		}
	})
}

func TestImportRefusesRowByRow(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		file := csv(institutionHeader,
			"好医院,990103,综合医院,,,,,,,,",
			"未知区划,990199,综合医院,,,,,,,,",
			"校验码错,990103,综合医院,,,12100000400000624E,,,,,",
			"代码已用,990103,综合医院,,,12100000400000624D,,,,,",
			"清河市第一人民医院,990102,综合医院,,,,,,,,",
			"好医院,990103,诊所,,,,,,,,",
			"类别不明,990103,温泉,四级,国王,,,,,,",
			"日期不对,990103,诊所,,,,,,,,2027-02-29",
			"电话不对,990103,诊所,,,,,,打给我,,",
			"床位不对,990103,诊所,,,,,,,很多,",
			"公式,990103,诊所,,,,,,=1+1,,",
			",990103,诊所,,,,,,,,",
			"登记号错,990103,诊所,,,,1,H00000000001,,,",
			"外地,990000,诊所,,,,,,,,",
		)
		want := []string{
			"3 行政区划代码: 没有这个行政区划，或名称不止一个，请填代码",
			"4 统一社会信用代码: 统一社会信用代码应为 18 位且校验码正确",
			"5 统一社会信用代码: 该代码已属于另一家机构",
			"6 机构名称: 该地区已有同名机构",
			"7 机构名称: 与第 2 行重复",
			"8 机构类别: 应为：综合医院、",
			"8 等级: 应为：三级特等、",
			"8 所有制: 应为：公立、民营、中外合资",
			"9 许可证有效期至:",
			"10 电话: 电话号码不对，如 0532-12345678、13812345678、12345",
			"11 床位数:",
			"12 电话:",
			"13 机构名称:",
			"14 登记号: 登记号应为 22 位（前 9 位为组织机构代码）或 12 位数字",
			"14 医保机构代码: 代码中的行政区划 000000 不存在",
			"15 行政区划代码: 不在您的管理范围内",
		}
		got := ok(c.Import(c.admin, "institutions", committed(file)))(t)
		said := problems(got)
		for i, w := range want { // what kit/sheet finds, it says in its own words; a dictionary is long
			if (strings.HasSuffix(w, ":") || strings.HasSuffix(w, "、")) && i < len(said) && strings.HasPrefix(said[i], w) {
				said[i] = w
			}
		}
		if diff := cmp.Diff(want, said); diff != "" {
			t.Error(diff)
		}
		if got.Total != 14 || got.Good != 1 || got.Imported != 0 {
			t.Errorf("got %d of %d good, %d imported", got.Good, got.Total, got.Imported)
		}
		some := committed(file)
		some.OnlyValid = true
		if got := ok(c.Import(c.admin, "institutions", some))(t); got.Imported != 1 {
			t.Errorf("%d imported, want the good one", got.Imported)
		}
	})
}

func TestImportDepartmentsPlacesAndStaff(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		ok(c.CreateInstitution(c.admin, posted(org.NewInstitution{Subkind: "clinic", Parent: "990102", Name: "同名诊所"})))(t)
		ok(c.CreateInstitution(c.admin, posted(org.NewInstitution{Subkind: "clinic", Parent: "990103", Name: "同名诊所"})))(t)
		for _, tc := range []struct {
			kind     string
			file     bulk.Upload
			imported int
			problems []string
		}{
			{"departments", csv("机构,科室名称,诊疗科目,电话", "12100000400000624D,消化内科,03.02,12345", "清河市第一人民医院,医务科,,"), 2, nil},
			{"departments", csv("机构,科室名称,诊疗科目,电话", "没有的医院,内科,,", "同名诊所,内科,,", "清河市第一人民医院,心内科,,", "清河市第一人民医院,内科,天文,",
				"清河市第一人民医院,儿科,儿科,", "清河市第一人民医院,儿科,07,"), 0, []string{
				"2 机构: 您的管理范围内没有这个单位", "3 机构: 有 2 个同名单位，请填代码", "4 科室名称: 该机构已有同名科室",
				"5 诊疗科目: 应为：预防保健科、全科医疗科、内科、呼吸内科、消化内科、神经内科、心血管内科、血液内科、肾病学、内分泌、免疫学、变态反应 等", "7 科室名称: 与第 6 行重复",
			}},
			{"places", csv("机构,科室,地点类型,地点名称,位置", "清河市第一人民医院,心内科,病区,一病区,5层", "清河市第一人民医院,,窗口,收费处,"), 2, nil},
			{"places", csv("机构,科室,地点类型,地点名称,位置", "清河市第一人民医院,心内科,病区,一病区,5层", "清河市第一人民医院,天文科,病区,二病区,",
				"清河市第一人民医院,,屋顶,屋顶,", "清河市第一人民医院,,大厅,大厅,", "清河市第一人民医院,,大厅,大厅,"), 0, []string{
				"2 地点名称: 这里已有同名地点", "3 科室: 该机构没有这个科室", "4 地点类型: 应为：诊室、病区、窗口、大厅、其他", "6 地点名称: 与第 5 行重复",
			}},
			{"staff", csv("单位,科室,姓名,工号,手机", "清河市第一人民医院,心内科,王五,0001,13800000001", "清河市卫生健康委,,赵六,0001,"), 2, nil},
			{"staff", csv("单位,科室,姓名,工号,手机,邮箱", "清河市第一人民医院,,钱七,0001,,", "清河市第一人民医院,,孙八,0002,1,", "清河市第一人民医院,,李九,0003,,x",
				"清河市第一人民医院,,周十,0004,,", "清河市第一人民医院,心内科,吴一,0004,,"), 0, []string{
				"2 工号: 该单位已有此工号", "3 手机: 电话号码不对，如 0532-12345678、13812345678、12345", "4 邮箱: 邮箱地址不对", "6 工号: 与第 5 行重复",
			}},
		} {
			got := ok(c.Import(c.admin, tc.kind, committed(tc.file)))(t)
			if diff := cmp.Diff(append([]string{}, tc.problems...), problems(got)); diff != "" || got.Imported != tc.imported {
				t.Errorf("%s: %d imported %s", tc.kind, got.Imported, diff)
			}
		}
		if page := ok(c.ListPlaces(c.admin, org.ListPlaces{Unit: c.ward.ID}))(t); len(page.Items) != 1 || page.Items[0].Institution != c.hospital.ID {
			t.Errorf("got %+v", page.Items)
		}
	})
}

func TestImportKeepsToTheOwnScope(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		west := c.as("x", west, org.Manage, org.ManagePlaces)
		for kind, file := range map[string]bulk.Upload{
			"institutions": csv(institutionHeader, "城东诊所,990102,诊所,,,,,,,,"),
			"departments":  csv("机构,科室名称", "清河市第一人民医院,内科"),
			"places":       csv("机构,地点类型,地点名称", "清河市第一人民医院,大厅,大厅"),
			"staff":        csv("单位,姓名", "清河市第一人民医院,王五"),
		} {
			if got := ok(c.Import(west, kind, committed(file)))(t); got.Good != 0 || got.Imported != 0 {
				t.Errorf("%s: %+v", kind, got)
			}
		}
	})
}

func TestFilesThatAreRefused(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		for name, file := range map[string]bulk.Upload{
			"empty":       {Name: "a.csv"},
			"no table":    {Name: "a.xlsx", RawBody: []byte("PK\x03\x04 nothing")},
			"no header":   csv("a,b", "1,2"),
			"header only": csv(institutionHeader),
		} {
			_, err := c.Import(c.admin, "institutions", file)
			if !fault.Is(err, fault.Invalid) {
				t.Errorf("%s: %v", name, err)
			}
		}
		_, err := c.Import(c.admin, "planets", csv(institutionHeader))
		refused(t, err, fault.NotFound, "")
	})
}

// A template can be filled in and imported; its examples lie outside of
// anybody's scope.
func TestTemplatesAreImported(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		c.member("wangwu", secret, org.SystemAdmin)
		b := c.open()
		b.ask("POST", "/session", login("wangwu", secret), http.StatusOK, nil)
		for _, kind := range []string{"institutions", "departments", "staff"} {
			status, file := b.send("GET", "/org/imports/"+kind+"/template", "", nil)
			if status != http.StatusOK {
				t.Fatalf("%s: %d %s", kind, status, file)
			}
			book, err := excelize.OpenReader(bytes.NewReader(file))
			if err != nil {
				t.Fatal(err)
			}
			if rows, err := book.GetRows(book.GetSheetName(0)); err != nil || len(rows) != 3 {
				t.Errorf("%s: %d rows, %v", kind, len(rows), err)
			}
			status, answer := b.send("POST", "/org/imports/"+kind+"?commit=true&name="+url.QueryEscape("模板.xlsx"), "application/octet-stream", file)
			if status != http.StatusOK || !bytes.Contains(answer, []byte(`"total":2,"good":0`)) || !bytes.Contains(answer, []byte(`"imported":0`)) {
				t.Errorf("%s: %d %s", kind, status, answer)
			}
		}
		status, _ := b.send("POST", "/org/imports/places?name=a.csv", "application/octet-stream", []byte("x"))
		if status != http.StatusForbidden {
			t.Errorf("places without permission: %d", status)
		}
		status, _ = b.send("POST", "/org/imports/institutions", "application/octet-stream", []byte("x"))
		if status != http.StatusUnprocessableEntity {
			t.Errorf("a file without a name: %d", status)
		}
		status, _ = b.send("POST", "/org/imports/institutions?name=a.csv", "application/octet-stream", bytes.Repeat([]byte("x"), sheet.MaxFile+2))
		if status != http.StatusRequestEntityTooLarge {
			t.Errorf("a file that is too large: %d", status)
		}
	})
}

// The whole of a city's institutions comes in at once, and two imports of the
// same file leave one of each.
func TestWholeCityAtOnce(t *testing.T) {
	const institutions = 2567
	each(t, func(t *testing.T, c *city) {
		lines := []string{institutionHeader}
		for i := range institutions {
			lines = append(lines, fmt.Sprintf("第%d医院,%s,综合医院,三级甲等,公立,,,H990103%05d,0990-1234567,100,2030-01-01", i, []string{"990102", "990103"}[i%2], i))
		}
		file := committed(csv(lines...))
		imported := make([]int, 2)
		won, lost := race(func(i int) error {
			if i > 1 {
				return nil
			}
			r, err := c.Import(c.admin, "institutions", file)
			imported[i] = r.Imported
			return err
		})
		if imported[0]+imported[1] != institutions || won+lost != racers {
			t.Errorf("imported %v; %d done, %d refused", imported, won, lost)
		}
		page := ok(c.ListInstitutions(c.admin, org.ListInstitutions{Query: list.Query{Limit: 10_000}}))(t)
		if len(page.Items) != institutions+1 {
			t.Errorf("%d institutions", len(page.Items))
		}
	})
}

func TestReportsSpeakBothLanguages(t *testing.T) {
	each(t, func(t *testing.T, c *city) {
		got := ok(c.Import(c.admin, "institutions", csv("Name,Region,Kind", "x,990199,clinic")))(t)
		want := []sheet.Problem{{Row: 2, Column: "Region", Cell: "B2", Text: i18n.T("没有这个行政区划，或名称不止一个，请填代码", "there is no such region, or several of this name; give the code")}}
		if diff := cmp.Diff(want, got.Problems); diff != "" {
			t.Error(diff)
		}
		_, err := c.Import(context.Background(), "institutions", csv("x"))
		refused(t, err, fault.Invalid, "")
	})
}
