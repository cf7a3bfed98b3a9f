package inspection

import (
	"context"
	"slices"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org"
)

// MaxExamined is how long a record may be that a stranger hands in, in bytes. A
// longer one is checked by "qingfeng draw verify".
const MaxExamined = 8 << 20

// Verdict is what came of checking a record that a stranger handed in, and that
// holds in itself.
type Verdict struct {
	Record Record
	// Draw is the draw of the record's list; without an identifier where none here
	// has it.
	Draw PublicDraw
	// Same says that the draw's record is published, and is this one.
	Same bool
}

// Examine checks a record, and looks for the draw that it is of: whoever makes up
// list and secrets has a record that holds too. Faults: TooLarge; Invalid for what is
// no record, or for one that does not hold, with what is wrong.
func (s *Service) Examine(ctx context.Context, text []byte) (v Verdict, err error) {
	defer fault.Wrap(&err, "inspection.Examine")
	if len(text) > MaxExamined {
		return v, ErrTooLong()
	}
	if v.Record, err = ReadRecord(text); err != nil {
		return v, err
	}
	if v.Record.strange() {
		return v, ErrTooLong()
	}
	if err := v.Record.Verify(); err != nil {
		return v, err
	}
	err = s.DB.Read(ctx, v.find)
	return v, err
}

// ErrTooLong refuses a record that is too long to be checked here.
func ErrTooLong() error {
	return fault.New(fault.TooLarge, i18n.T("抽取记录太大，这里最多核验 %d MB", "the record is too large; at most %d MB are checked here"), MaxExamined>>20).
		WithFix(i18n.T("请下载后用清风程序核验", "please check it with the Qingfeng program"))
}

// Limits of a record that a stranger hands in: beyond them a draw takes longer than
// it is long, on purpose.
const (
	mostReplaced  = 1_000
	mostOfficers  = 10_000
	mostWitnesses = 100
	mostLast      = 100
)

// strange reports whether a record is unlike any that is published.
func (r Record) strange() bool {
	return len(r.Replacements) > mostReplaced || len(r.List.Inspectors) > mostOfficers || len(r.Witnesses) > mostWitnesses || len(r.List.Shares) > mostReplaced ||
		slices.ContainsFunc(r.List.Targets, func(t Target) bool { return len(t.Last) > mostLast })
}

// find looks for the draw of a record: the one that has published it, or else the
// latest with its list.
func (v *Verdict) find(r db.Reader) error {
	given, err := v.Record.Bytes()
	if err != nil {
		return err
	}
	all, err := db.All[Drawing](r, `select `+drawColumns+` from inspection_draw where list_hash = $1 order by prepared_at desc, id desc limit 20`, v.Record.ListHash)
	if err != nil {
		return err
	}
	for i, d := range all {
		if d.State == DrawPublished {
			rec, err := recordOf(r, d)
			if err != nil {
				return err
			}
			known, err := rec.Bytes()
			if err != nil {
				return err
			}
			v.Same = string(known) == string(given)
		}
		if i == 0 || v.Same {
			if v.Draw, err = publicDraw(r, d.ID); err != nil || v.Same {
				return err
			}
		}
	}
	return nil
}

// PublishedRecord is the record of a published draw. Fault: NotFound, also before it
// is published.
func (s *Service) PublishedRecord(ctx context.Context, in org.ByID) (Record, error) {
	return read(ctx, s, func(r db.Reader) (Record, error) {
		_, rec, err := publishedOf(r, in.ID)
		return rec, err
	})
}

func publishedOf(r db.Reader, id string) (d Drawing, rec Record, err error) {
	if d, err = db.Find[Drawing](r, aDraw, `select `+drawColumns+` from inspection_draw where id = $1`, id); err != nil {
		return d, rec, err
	}
	if d.State != DrawPublished {
		return d, rec, fault.Missing(i18n.T("已公布的抽取记录", "published record of a draw"))
	}
	rec, err = recordOf(r, d)
	return d, rec, err
}
