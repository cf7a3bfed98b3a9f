package notify

import (
	"time"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/list"
)

func insert(tx *db.Tx, n Notification) error {
	return tx.Add(`insert into notification (id, staff_id, kind, title_zh, title_en, body_zh, body_en, link, created_at)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
		n.ID, n.StaffID, n.Kind, n.Title.ZH, n.Title.EN, n.Body.ZH, n.Body.EN, n.Link, n.CreatedAt)
}

// columns names the parts of texts as db.All looks for them.
const columns = `id, staff_id, kind, title_zh as "title.zh", title_en as "title.en", body_zh as "body.zh", body_en as "body.en", link, created_at, read_at`

func byID(r db.Reader, id string) (Notification, error) {
	return db.One[Notification](r, `select `+columns+` from notification where id = $1`, id)
}

// latest returns up to limit notifications, newest first.
func latest(r db.Reader, w *db.Where, limit int) ([]Notification, error) {
	return db.All[Notification](r, `select `+columns+` from notification `+w.String()+` order by created_at desc, id desc `+w.Bind("limit ?", limit), w.Args()...)
}

func countUnread(r db.Reader, staff string) (*list.Count, error) {
	n, err := db.Value[int64](r, `select count(*) from (select 1 from notification where staff_id = $1 and read_at is null limit $2) few`,
		staff, list.CountCap+1)
	return list.Capped(n), err
}

// toldOf returns who has a notification with a link.
func toldOf(r db.Reader, link string) ([]string, error) {
	return db.Values[string](r, `select distinct staff_id from notification where link <> '' and link = $1 order by staff_id`, link)
}

func forget(tx *db.Tx, link string, staff []string) error {
	var w db.Where
	w.And("link <> '' and link = ?", link)
	w.AndIn("staff_id", staff)
	return tx.Add(`delete from notification `+w.String(), w.Args()...)
}

// markRead marks those of ids, or all when ids is nil, that are the person's
// own and were not read before.
func markRead(tx *db.Tx, staff string, ids []string, at time.Time) error {
	var w db.Where
	set := w.Bind("set read_at = ?", at)
	w.And("staff_id = ?", staff)
	w.And("read_at is null")
	if ids != nil {
		w.AndIn("id", ids)
	}
	_, err := tx.Exec(`update notification `+set+` `+w.String(), w.Args()...)
	return err
}
