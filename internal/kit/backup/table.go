package backup

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Way is what becomes of a table.
type Way string

// The ways.
const (
	Keep    Way = "keep"    // its rows are in the backup
	Rebuild Way = "rebuild" // it is made again from other tables after a restore
	Forget  Way = "forget"  // it is empty after a restore
)

// Table says what becomes of one table. Tables stand in the order in which
// they are filled: whatever a row names by a foreign key comes before it.
type Table struct {
	Name string
	Way  Way
	// Rows is the condition of the rows that are kept; empty for all.
	Rows string
	// Blobs are the columns that hold addresses of blobs; an empty address is none.
	Blobs []string
}

// where is the condition of the rows that are kept, after a word that leads to
// it.
func (t Table) where(word string) string {
	if t.Rows == "" {
		return ""
	}
	return " " + word + " " + t.Rows
}

// Part is a part of the program that has tables: its name and its migrations, as
// db.Migrate takes them.
type Part struct {
	Name  string
	Files fs.FS
}

// versions returns the version of every part's tables, which must be the
// program's own.
func versions(r db.Reader, parts []Part) (map[string]int64, error) {
	found := map[string]int64{}
	for _, p := range parts {
		want, err := db.Newest(p.Files, r.Dialect())
		if err != nil {
			return nil, err
		}
		if found[p.Name], err = db.Version(r, p.Name); err != nil {
			return nil, err
		}
		if found[p.Name] != want {
			return nil, fault.New(fault.Conflict, i18n.T("数据库与本程序版本不一致（%s：%d，本程序为 %d）", "the database and this program differ in version (%s: %d, this program has %d)"), p.Name, found[p.Name], want).
				WithFix(i18n.T("请使用与正在运行的服务相同版本的程序", "use the program of the same version as the server that runs"))
		}
	}
	return found, nil
}

// Unclassified returns a complaint for each table of the database of which
// nothing is said, or something impossible.
func Unclassified(r db.Reader, tables []Table) (complaints []string, err error) {
	names, err := db.TableNames(r)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, t := range tables {
		if _, twice := at[t.Name]; twice {
			complaints = append(complaints, "table "+t.Name+" stands in the list twice")
		}
		at[t.Name] = i
	}
	for _, name := range names {
		i, known := at[name]
		switch {
		case db.IsVersionTable(name):
			continue
		case !known:
			complaints = append(complaints, "nobody has said what a backup does with table "+name)
			continue
		}
		wrong, err := impossible(r, tables[i])
		if err != nil {
			return nil, err
		}
		complaints = append(complaints, wrong...)
	}
	keys, err := db.ForeignKeys(r)
	for _, k := range keys {
		if at[k.Parent] > at[k.Table] {
			complaints = append(complaints, fmt.Sprintf("table %s is filled before %s, which its rows name", k.Table, k.Parent))
		}
	}
	return complaints, err
}

// impossible complains of columns that cannot be kept.
func impossible(r db.Reader, t Table) (complaints []string, err error) {
	columns, err := db.Columns(r, t.Name)
	if err != nil {
		return nil, err
	}
	for _, c := range columns {
		if t.Way == Keep && (c.Kind == db.Other || !isName(c.Name)) {
			complaints = append(complaints, "column "+t.Name+"."+c.Name+" cannot be kept")
		}
	}
	for _, name := range t.Blobs {
		if !slices.Contains(columns, db.Column{Name: name, Kind: db.Text}) {
			complaints = append(complaints, "column "+t.Name+"."+name+" holds no addresses")
		}
	}
	return complaints, nil
}

// classified refuses a database with a table of which nothing is said.
func classified(r db.Reader, tables []Table) error {
	complaints, err := Unclassified(r, tables)
	if err != nil || len(complaints) == 0 {
		return err
	}
	return fault.New(fault.Conflict, i18n.T("数据库里有本程序不认识的表", "the database has tables that this program does not know")).
		WithFix(i18n.T("请使用与正在运行的服务相同版本的程序，并给它单独的数据库：%s", "use the program of the same version as the server that runs, and give it a database of its own: %s"), strings.Join(complaints, "; "))
}

// references is the query of all addresses that the rows name, each once, in
// order.
func references(tables []Table) string {
	var from []string
	for _, t := range tables {
		for _, column := range t.Blobs {
			from = append(from, "select "+column+" as sha from "+t.Name+" where "+column+" <> ''"+t.where("and"))
		}
	}
	if len(from) == 0 {
		return "select '' as sha where 1 = 0"
	}
	return strings.Join(from, " union ") + " order by 1"
}

// named reports whether a row still names the blob.
func named(r db.Reader, tables []Table, sha string) (bool, error) {
	for _, t := range tables {
		for _, column := range t.Blobs {
			n, err := db.Values[int64](r, "select 1 from "+t.Name+" where "+column+" = $1"+t.where("and")+" limit 1", sha)
			if err != nil || len(n) > 0 {
				return err == nil, err
			}
		}
	}
	return false, nil
}
