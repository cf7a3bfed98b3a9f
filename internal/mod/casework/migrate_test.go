package casework_test

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/dbtest"
	"qingfeng/internal/mod/casework"
)

// tablesBefore returns the migrations of casework that come before one.
func tablesBefore(t *testing.T, one string) fs.FS {
	t.Helper()
	names, err := fs.Glob(casework.Migrations(), "*.sql")
	if err != nil || !slices.Contains(names, one) {
		t.Fatal(one, names, err)
	}
	earlier := fstest.MapFS{}
	for _, name := range names[:slices.Index(names, one)] {
		data, err := fs.ReadFile(casework.Migrations(), name)
		if err != nil {
			t.Fatal(err)
		}
		earlier[name] = &fstest.MapFile{Data: data}
	}
	return earlier
}

// oldCity is what a running city may hold from before clocks had rounds, with
// times as small numbers.
const oldCity = `
case_file id,number,title,category,item,class,channel,mode,urgency,route,state,region,path,institution,department,place,received_at,policy,lead_unit,reworks,closed_at,paused_at,finished_at
'again','again','','B','','','','','','general','dispatched','','/1/','','','',100,'','u',0,null,null,null
'back','back','','B','','','','','','general','accepted','','/1/','','','',100,'','',0,null,null,null
'redone','redone','','B','','','','','','general','handling','','/1/','','','',100,'','u',2,null,260,null
'taken','taken','','B','','','','','','general','accepted','','/1/','','','',100,'','',1,null,null,null
'clue','clue','','F','','','','named','','integrity','archived','','/1/','','','',100,'','u',1,900,null,700

case_assignment id,case_id,unit_id,unit_path,part,dispatched_by,dispatched_at,signed_at,ended_at
'a1','again','u','/1/u/','lead','x',200,null,300
'a2','again','u','/1/u/','lead','x',400,null,null
'a3','redone','u','/1/u/','lead','x',200,210,null

case_request id,case_id,kind,asked_by,unit_id,reason,detail,asked_at,state,decided_at
'q1','redone','pause','x','u','','{}',200,'granted',210
'q2','redone','return','x','u','','{}',220,'refused',240
'q3','redone','pause','x','u','','{}',250,'granted',260
'q4','redone','pause','x','u','','{}',270,'refused',280

case_event id,case_id,at,actor,unit_id,action,from_state,to_state,reason,public,detail
'e1','back',150,'x','','accept','received','accepted','','','{}'
'e2','back',350,'x','','take_back','dispatched','accepted','','','{}'
'e3','clue',400,'x','','feedback','archived','archived','','','{"what":"result"}'
'e4','clue',500,'x','','reopen','archived','handling','','','{}'
'e5','clue',800,'x','','approve','reviewing','calling','','','{}'
'e7','redone',240,'x','','return_refused','handling','handling','','','{}'
'e6','taken',300,'x','','reopen','rejected','accepted','','','{}'

case_clock case_id,kind,unit_id,started_at,time_limit,due_at,provisional,level,met_at
'again','sign','u',200,'2h',260,0,0,300
'back','dispatch','',100,'4h',180,0,0,200
'redone','finish','',100,'7d',500,0,0,400
'redone','rework','round-1',600,'7d',900,0,0,700
'redone','rework','round-2',800,'7d',990,0,0,null
'taken','finish','',100,'7d',500,0,0,200
'taken','dispatch','',100,'4h',180,0,0,200
'taken','rework','round-1',300,'7d',700,0,0,null
'clue','feedback','',300,'15wd',650,0,0,400
`

// load stores such rows: a line with the table and its columns, and a line for
// each row.
func load(t *testing.T, d *db.DB, rows string) {
	t.Helper()
	if err := d.InTx(t.Context(), func(tx *db.Tx) error {
		for block := range strings.SplitSeq(strings.TrimSpace(rows), "\n\n") {
			lines := strings.Split(block, "\n")
			table, columns, _ := strings.Cut(lines[0], " ")
			for _, line := range lines[1:] {
				if _, err := tx.Exec(fmt.Sprintf("insert into %s (%s) values (%s)", table, columns, line)); err != nil {
					return err
				}
			}
		}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// readTexts returns one text for each row.
func readTexts(t *testing.T, d *db.DB, q string) (texts []string) {
	t.Helper()
	if err := d.Read(t.Context(), func(r db.Reader) (err error) {
		texts, err = db.Values[string](r, q)
		return err
	}); err != nil {
		t.Fatal(err)
	}
	return texts
}

// The clocks of a running city get their rounds, and those that are missing.
func TestARunningCityGetsRounds(t *testing.T) {
	old := dbtest.Migration{Module: "casework", Files: tablesBefore(t, "00008_rounds.sql")}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		load(t, d, oldCity)
		if err := d.Migrate(t.Context(), "casework", casework.Migrations()); err != nil {
			t.Fatal(err)
		}
		got := readTexts(t, d, `select case_id || ' ' || kind || unit_id || ' ' || round || ': ' || started_at || '-' || due_at || case when met_at is null then ' runs' else '' end
			from case_clock order by case_id, kind, round`)
		want := []string{"again signu 0: 200-260", "again signu 1: 400-460 runs", "back dispatch 0: 100-180", "back dispatch 1: 350-430 runs",
			"clue feedback 0: 300-650", "clue feedback 1: 900-1250 runs", "redone finish 0: 100-500", "redone rework 0: 600-900", "redone rework 1: 800-990 runs",
			"taken dispatch 0: 100-180", "taken dispatch 1: 300-380 runs", "taken finish 0: 100-500", "taken finish 1: 300-700 runs"}
		if !slices.Equal(got, want) {
			t.Errorf("clocks:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
		}
		if got := readTexts(t, d, `select id || ' ' || coalesce(ended_at, 0) from case_request order by id`); !slices.Equal(got, []string{"q1 240", "q2 0", "q3 0", "q4 0"}) {
			t.Errorf("pauses end at %v", got)
		}
		if got := readTexts(t, d, `select id || ' ' || asked_at from case_file where asked_at is not null`); !slices.Equal(got, []string{"clue 800"}) {
			t.Errorf("asked: %v", got)
		}
		if got := readTexts(t, d, `select id || ' ' || reworks from case_file where reworks > 0 order by id`); !slices.Equal(got, []string{"clue 1", "redone 2"}) {
			t.Errorf("handled again: %v", got)
		}
	}, old)
}

// remarkedCity is what a running city may hold in which a remark moved the end of
// a case, and an order of supervision waits for its report.
const remarkedCity = `
case_file id,number,title,category,item,class,channel,mode,urgency,route,state,region,path,institution,department,place,received_at,policy,lead_unit,closed_at
'ended','ended','','B','','','','','','general','archived','','/1/','','','',100,'','u',900
'ordered','ordered','','B','','','','','','general','handling','','/1/','','','',100,'','u',null

case_event id,case_id,at,actor,unit_id,action,from_state,to_state,reason,public,detail
'e1','ended',500,'x','','close','calling','archived','','','{}'
'e2','ended',900,'x','','note','archived','archived','','','{}'

case_assignment id,case_id,unit_id,unit_path,part,dispatched_by,dispatched_at
'a1','ordered','u','/1/u/','lead','x',200

case_supervision id,case_id,level,demand,due_at,ordered_by,unit_id,ordered_at
'v1','ordered',2,'',300,'x','',200

case_node node,case_id,state,open,route,category,received_at,due_at,waits
'1','ordered','handling',1,'general','B',100,900,0
'u','ordered','handling',1,'general','B',100,900,4
`

// A case of a running city ended when it was ended, and what its units have to
// report on is in their box.
func TestARunningCityKeepsItsEnds(t *testing.T) {
	old := dbtest.Migration{Module: "casework", Files: tablesBefore(t, "00009_ended.sql")}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		load(t, d, remarkedCity)
		if err := d.Migrate(t.Context(), "casework", casework.Migrations()); err != nil {
			t.Fatal(err)
		}
		if got := readTexts(t, d, `select id || ' ' || closed_at from case_file where closed_at is not null`); !slices.Equal(got, []string{"ended 500"}) {
			t.Errorf("ends: %v", got)
		}
		if got := readTexts(t, d, `select node || ' ' || waits from case_node order by node`); !slices.Equal(got, []string{"1 0", "u 260"}) {
			t.Errorf("boxes: %v", got)
		}
	}, old)
}
