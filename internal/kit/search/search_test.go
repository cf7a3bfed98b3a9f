package search_test

import (
	"errors"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/search"
)

var tables = dbtest.Migration{Module: "search", Files: search.Migrations()}

const cases = "case"

func put(t testing.TB, d *db.DB, kind, ref, text string) {
	t.Helper()
	if err := d.InTx(t.Context(), func(tx *db.Tx) error { return search.Put(tx, kind, ref, text) }); err != nil {
		t.Fatal(err)
	}
}

// find runs a list query as a module would: one condition before the search,
// one after it.
func find(t testing.TB, d *db.DB, kind, query string) []string {
	t.Helper()
	refs, err := tryFind(t, d, kind, query)
	if err != nil {
		t.Fatalf("find(%q): %v", query, err)
	}
	return refs
}

func tryFind(t testing.TB, d *db.DB, kind, query string) (refs []string, err error) {
	t.Helper()
	var w db.Where
	w.And("c.ref <> ?", "nobody")
	if err := search.Match(&w, d.Dialect(), kind, "c.ref", query); err != nil {
		return nil, err
	}
	w.And("c.ref <> ?", "nobody else")
	err = d.Read(t.Context(), func(r db.Reader) (err error) {
		refs, err = db.Values[string](r, `select distinct c.ref from search_text c `+w.String()+` order by c.ref`, w.Args()...)
		return err
	})
	return refs, err
}

func TestWhatIsFound(t *testing.T) {
	texts := map[string]string{
		"bribe":  "患者反映医生收受红包，金额800元；护士态度好。",
		"scan":   "医院要求重复做ＣＴ检查，还要拍X光片。Ref. AB-12/2026",
		"mixed":  "红、包、裹。钱",
		"name":   "Ångström clinic, Zürich — naïve café",
		"kana":   "東京のクリニック 서울병원",
		"extb":   "𠮷野家的𠮷",
		"nobody": "红包",
	}
	questions := map[string][]string{
		"红包":         {"bribe"},
		"收受红包":       {"bribe"},
		"包裹":         nil, // a sign stands between them
		"裹":          {"mixed"},
		"钱":          {"mixed"},
		"红":          {"bribe", "mixed"},
		"受":          {"bribe"},
		"反映 红包":      {"bribe"},
		"红包 反映":      {"bribe"},
		"红包 检查":      nil,
		"医":          {"bribe", "scan"},
		"医生":         {"bribe"},
		"医院":         {"scan"},
		"CT":         {"scan"},
		"ｃｔ":         {"scan"},
		"ct检查":       {"scan"},
		"c":          nil,
		"ctr":        nil,
		"80":         nil,
		"800":        {"bribe"},
		"８００元":       {"bribe"},
		"ab-12/2026": {"scan"},
		"ab-12/2027": nil,
		"X光":         {"scan"},
		"ÅNGSTRÖM":   {"name"},
		"ångström":   {"name"}, // with combining marks
		"angstrom":   nil,
		"クリニック":      {"kana"},
		"서울":         {"kana"},
		"𠮷野":         {"extb"},
		"𠮷":          {"extb"},
		"野家的":        {"extb"},
		"家野":         nil,
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for ref, text := range texts {
			put(t, d, cases, ref, text)
		}
		for query, want := range questions {
			if got := find(t, d, cases, query); !slices.Equal(got, want) {
				t.Errorf("%s: found %v, want %v", query, got, want)
			}
		}
	}, tables)
}

// Signs that mean something to SQL, FTS5 or tsquery are only signs.
func TestNoTextIsABadQuery(t *testing.T) {
	signs := []string{
		`"`, `""`, `'`, `''`, `' or 1=1 --`, `"红包" OR "检查"`, `红包" *`, `红包*`, `NOT 红包`, `红包 NOT 检查`, `NEAR(红包 检查)`, `words:红包`,
		`^红包`, `红包 + 检查`, `{words} : 红包`, `红包 & 检查`, `红包 | !检查`, `红包:*`, `红包 <-> 检查`, `(红包`, `红包)`, `\`, `红包\`, `红包';drop table search_text;--`,
		"红包\x00检查", "红包\xff检查", "$1 $2 ?", "%红包_", "-- 红包", "/* 红包 */",
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, cases, "both", "红包 检查 words not or near drop table search text 1 2")
		put(t, d, cases, "none", "表扬")
		for _, q := range signs {
			refs, err := tryFind(t, d, cases, q)
			if err != nil && !fault.Is(err, fault.Invalid) {
				t.Errorf("%q: %v", q, err)
			}
			if slices.Contains(refs, "none") {
				t.Errorf("%q found what it does not name", q)
			}
		}
	}, tables)
}

func TestAnyStringIsAnswered(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		rapid.Check(t, func(rt *rapid.T) {
			q := rapid.OneOf(rapid.String(), rapid.StringOfN(rapid.SampledFrom([]rune(`红包a1"'*+-:&|!()<>\^{} `)), 1, 30, -1)).Draw(rt, "query")
			if _, err := tryFind(t, d, cases, q); err != nil && !fault.Is(err, fault.Invalid) {
				rt.Fatal(err)
			}
		})
	}, tables)
}

func TestRefusedQueries(t *testing.T) {
	for name, q := range map[string]string{
		"empty":          "",
		"spaces":         " \t　",
		"signs":          "，。！“”?!",
		"emoji":          "🙂",
		"too long":       strings.Repeat("红", search.MaxQuery+1),
		"too many words": strings.Repeat("a ", 13),
	} {
		var w db.Where
		err := search.Match(&w, db.SQLite, cases, "c.ref", q)
		e, ok := errors.AsType[*fault.Error](err)
		if !ok || e.Kind != fault.Invalid || e.Field != "q" || e.Text.ZH == "" || e.Text.EN == "" {
			t.Errorf("%s: got %#v", name, err)
		}
		if w.String() != "" {
			t.Errorf("%s: left the condition %s", name, w.String())
		}
	}
	var w db.Where
	for _, q := range []string{strings.Repeat("红", search.MaxQuery), strings.Repeat("a ", 12)} {
		if err := search.Match(&w, db.Postgres, cases, "c.ref", q); err != nil {
			t.Errorf("refused: %v", err)
		}
	}
}

func TestKindsAreApart(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, cases, "1", "红包")
		put(t, d, "gift", "1", "购物卡")
		put(t, d, "gift", "2", "红包")
		for kind, want := range map[string][]string{cases: {"1"}, "gift": {"2"}, "other": nil} {
			if got := find(t, d, kind, "红包"); !slices.Equal(got, want) {
				t.Errorf("%s: found %v, want %v", kind, got, want)
			}
		}
	}, tables)
}

func TestPutReplacesAndRemoveForgets(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		check := func(query string, want ...string) {
			t.Helper()
			if got := find(t, d, cases, query); !slices.Equal(got, want) {
				t.Errorf("%s: found %v, want %v", query, got, want)
			}
		}
		put(t, d, cases, "1", "红包")
		put(t, d, cases, "2", "红包")
		put(t, d, cases, "1", "回扣")
		check("红包", "2")
		check("回扣", "1")
		put(t, d, cases, "2", "")
		check("红包")
		remove := func(tx *db.Tx) error { return search.Remove(tx, cases, "1") }
		for range 2 { // the second time there is nothing to remove
			if err := d.InTx(t.Context(), remove); err != nil {
				t.Fatal(err)
			}
		}
		check("回扣")
		put(t, d, cases, "1", "回扣")
		check("回扣", "1")
	}, tables)
}

func TestRolledBackTextIsNotFound(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, cases, "1", "红包")
		refused := errors.New("refused")
		err := d.InTx(t.Context(), func(tx *db.Tx) error {
			return errors.Join(search.Put(tx, cases, "1", "回扣"), search.Put(tx, cases, "2", "回扣"), refused)
		})
		if !errors.Is(err, refused) {
			t.Fatal(err)
		}
		if got := find(t, d, cases, "回扣"); len(got) != 0 {
			t.Errorf("found %v", got)
		}
		if got := find(t, d, cases, "红包"); !slices.Equal(got, []string{"1"}) {
			t.Errorf("found %v", got)
		}
	}, tables)
}

// PostgreSQL forgets the places of a word after the 256th and beyond the
// 16,383rd; phrases are found there too.
func TestLongTextIsFoundToItsEnd(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		put(t, d, cases, "often", strings.Repeat("医院收费", 400)+"医院长")
		put(t, d, cases, "long", strings.Repeat("一二三四五，", 15_000)+"六七八")
		put(t, d, cases, "wide", distinct(search.MaxText-3)+"九十百甲乙丙")
		for query, want := range map[string][]string{
			"费医院长": {"often"}, "四五": {"long"}, "六七八": {"long"}, "八七": nil, "九十百": {"wide"}, "甲乙": nil,
		} {
			if got := find(t, d, cases, query); !slices.Equal(got, want) {
				t.Errorf("%s: found %v, want %v", query, got, want)
			}
		}
	}, tables)
}

// distinct makes n characters of four bytes with hardly a pair twice: the
// largest index that a text can have.
func distinct(n int) string {
	var b strings.Builder
	for i := range n {
		b.WriteRune(rune(0x20000 + (i*7919+i/40_000)%40_000))
	}
	return b.String()
}

// A word may be longer than an engine takes; its beginning is what counts.
func TestLongWordIsFoundByItsBeginning(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		long := strings.Repeat("x1", 50_000)
		put(t, d, cases, "1", long)
		if got := find(t, d, cases, long[:100]); !slices.Equal(got, []string{"1"}) {
			t.Errorf("found %v", got)
		}
		if got := find(t, d, cases, long[:63]); len(got) != 0 {
			t.Errorf("found %v by half of it", got)
		}
	}, tables)
}

// Every part of two or more Chinese characters of a text finds it, and what is
// found contains what was asked for.
func TestLawOfParts(t *testing.T) {
	character := rapid.SampledFrom([]rune("红包回扣医院𠮷々"))
	sentence := rapid.StringOfN(rapid.OneOf(character, character, character, rapid.SampledFrom([]rune("，。 aA1"))), 2, 24, -1)
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		rapid.Check(t, func(rt *rapid.T) {
			kind := db.NewID()
			texts := rapid.SliceOfN(sentence, 1, 4).Draw(rt, "texts")
			for i, text := range texts {
				put(t, d, kind, strconv.Itoa(i), text)
			}
			query := rapid.OneOf(part(texts), rapid.StringOfN(character, 2, 4, -1)).Draw(rt, "query")
			var want []string
			for i, text := range texts {
				if strings.Contains(text, query) {
					want = append(want, strconv.Itoa(i))
				}
			}
			if got := find(t, d, kind, query); !slices.Equal(got, want) {
				rt.Fatal(cmp.Diff(want, got))
			}
		})
	}, tables)
}

// part draws two or more neighbouring Chinese characters of one of the texts.
func part(texts []string) *rapid.Generator[string] {
	parts := []string{"红包"}
	for _, text := range texts {
		for _, run := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune("，。 aA1", r) }) {
			for i := range run {
				for j := range run + "." {
					if j > i && utf8.RuneCountInString(run[i:j]) > 1 {
						parts = append(parts, run[i:j])
					}
				}
			}
		}
	}
	return rapid.SampledFrom(parts)
}

// Two people change what is found of one record at once: one of the texts
// stands at the end, whole.
func TestPutRace(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		var wg sync.WaitGroup
		for i := range 16 {
			wg.Go(func() { put(t, d, cases, "1", []string{"红包 现金", "回扣 提成"}[i%2]) })
		}
		wg.Wait()
		old, recent := len(find(t, d, cases, "红包 现金")), len(find(t, d, cases, "回扣 提成"))
		if old+recent != 1 || len(find(t, d, cases, "红包"))+len(find(t, d, cases, "回扣")) != 1 {
			t.Errorf("found by %d and %d of the texts", old, recent)
		}
	}, tables)
}

// The condition is answered from the index, not by reading every text.
func TestSearchUsesTheIndex(t *testing.T) {
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.InTx(t.Context(), func(tx *db.Tx) (err error) {
			for i := range 3000 {
				err = errors.Join(err, search.Put(tx, cases, strconv.Itoa(i), "表扬 "+strconv.Itoa(i)))
			}
			if d.Dialect() == db.Postgres { // which counts by itself in a minute
				_, counted := tx.Exec(`analyze search_text`)
				err = errors.Join(err, counted)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		var w db.Where
		if err := search.Match(&w, d.Dialect(), cases, "c.ref", "表扬 7"); err != nil {
			t.Fatal(err)
		}
		uses := map[db.Dialect]string{db.SQLite: "VIRTUAL TABLE INDEX", db.Postgres: "search_text_words"}[d.Dialect()]
		if plan := dbtest.Explain(t, d, `select c.ref from search_text c `+w.String(), w.Args()...); !strings.Contains(plan, uses) {
			t.Error(plan)
		}
	}, tables)
}
