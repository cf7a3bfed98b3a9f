package rectify

import (
	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/org"
	"qingfeng/internal/org/violation"
)

// told is the condition that a line may be read at the unit that it is about: it is no
// matter of integrity, or one that the unit found itself. No other comes in any more;
// those from before stay.
func told() string {
	return `(source = '` + FromSelf + `' and source_id not like '` + fromSheet + `%' or not (` + violation.IntegrityLike("category", "") + `))`
}

// readable narrows to the lines that the actor may read: at a region all, at a unit what
// it may be told of.
func readable(a authz.Actor, w *db.Where) {
	org.Told(w, "path", a.Paths(Read), told())
}

// secret reports whether a line may not be read at its unit.
func secret(r db.Reader, id string) (bool, error) {
	n, err := db.Value[int](r, `select count(*) from problem where id = $1 and not `+told(), id)
	return n > 0, err
}
