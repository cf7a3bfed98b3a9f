package search_test
import ("testing";"time";"math/rand/v2";"strconv";"errors";"strings"
"qingfeng/internal/kit/db";"qingfeng/internal/kit/dbtest";"qingfeng/internal/kit/search")
func TestZZ(t *testing.T) { for _, opt := range []string{"on","off"} {
	d := dbtest.Open(t, dbtest.PostgresURL(t), tables)
	ex := func(q string) { if err := d.InTx(t.Context(), func(tx *db.Tx) error { _, err := tx.Exec(q); return err }); err != nil { t.Fatal(err) } }
	ex("alter index search_text_words set (fastupdate = "+opt+")")
	ex("create table rec (id text primary key)")
	begin := time.Now()
	const n = 10000
	for b := range n/100 {
		err := d.InTx(t.Context(), func(tx *db.Tx) (err error) {
			for i := range 100 {
				rs := make([]rune, 200)
				for k := range rs { rs[k] = rune(0x4e00 + int(rand.ExpFloat64()*300)) }
				if i%100 == 0 { copy(rs[50:], []rune("红包回扣")) }
				id := strconv.Itoa(b*1000+i)
				_, e2 := tx.Exec("insert into rec values ($1)", id)
				err = errors.Join(err, e2, search.Put(tx, cases, id, string(rs)))
			}
			return err
		})
		if err != nil { t.Fatal(err) }
	}
	t.Log(opt, "put each", time.Since(begin)/n)
	for _, an := range []bool{false,true} {
	if an { ex("analyze search_text"); ex("analyze rec") }
	for _, q := range []string{"红包回扣", "红包",  "一", "丂七 一丁"} {
		var w db.Where
		if err := search.Match(&w, d.Dialect(), cases, "c.id", q); err != nil { t.Fatal(err) }
		for range 2 {
		begin = time.Now()
		err := d.Read(t.Context(), func(r db.Reader) (err error) {
			got, err := db.Values[string](r, `explain (analyze, timing off) select c.id from rec c `+w.String()+` order by c.id limit 50`, w.Args()...)
			if q=="红包回扣" {t.Log(strings.Join(got,"\n"))}
			return err
		})
		t.Log(an, q, err, time.Since(begin))
		}
	}}
}}
