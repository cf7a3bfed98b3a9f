package attach

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// Mask has voices changed in the files of a record from now on, those that are
// still to come among them: a copy that was made without is shown no more, and
// another is made. It cannot be taken back; doing it again changes nothing.
func (s *Service) Mask(ctx context.Context, tx *db.Tx, owner Owner) (err error) {
	defer fault.Wrap(&err, "attach.Mask")
	_, err = tx.Exec(`insert into attachment_wish (owner_kind, owner_id, at) values ($1, $2, $3) on conflict do nothing`, owner.Kind, owner.ID, s.now())
	if err != nil {
		return err
	}
	// What is seen alone holds no voice; of what waits nobody knows yet.
	again, err := db.Values[string](tx.Reader, `select id from attachment where owner_kind = $1 and (owner_id = $2 or via = $2) and masked = 0 and kind in ('audio', 'video', 'unknown') order by id`,
		owner.Kind, owner.ID)
	if err != nil {
		return err
	}
	for _, id := range again {
		err := tx.Add(`update attachment set masked = 1, state = $2, copy = '', copy_type = '', screen = '', thumb = '', pages = 0, error = '' where id = $1`, id, Pending)
		if err == nil {
			err = s.queue.Enqueue(tx, jobSanitise, sanitiseArgs{id})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// Masked reports whether voices are changed in the files of a record.
func (s *Service) Masked(r db.Reader, owner Owner) (bool, error) { return masks(r, owner) }

func masks(r db.Reader, owners ...Owner) (bool, error) {
	for _, o := range owners {
		n, err := db.Value[int64](r, `select count(*) from attachment_wish where owner_kind = $1 and owner_id = $2`, o.Kind, o.ID)
		if err != nil || n > 0 {
			return n > 0, err
		}
	}
	return false, nil
}
