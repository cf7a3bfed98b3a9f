package upload

import (
	"fmt"
	"time"

	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
)

// Said is what the sender of an upload says of it, sealed under the key of the
// upload or open: what a file is called may tell as much as what is in it.
type Said struct{ ID, Name, Type string }

func (r row) said() Said { return Said{r.ID, r.Name, r.Type} }

// turn passes what was said through f.
func (x Said) turn(f func(field, text string) (string, error)) (_ Said, err error) {
	if x.Name, err = f("name", x.Name); err != nil {
		return x, err
	}
	x.Type, err = f("type", x.Type)
	return x, err
}

// Destroy destroys for good what was uploaded, wherever copies of it lie. When it
// did so is the caller's to say.
func (s *Service) Destroy(tx *db.Tx, at time.Time, uploads ...string) (err error) {
	for _, id := range uploads {
		if _, err = s.vault.Destroy(tx, keyOf(id), at); err != nil {
			return err
		}
	}
	return nil
}

// Seal seals what a sender said of an upload once more, for whoever keeps it
// after the upload is forgotten. Fault: Gone when its key was destroyed.
func (s *Service) Seal(r db.Reader, open Said) (Said, error) {
	k, err := s.vault.Key(r, keyOf(open.ID))
	if err != nil {
		return open, err
	}
	return open.turn(k.Seal)
}

// Said opens what the senders of uploads said of them, by upload, with one
// question for all their keys. Of what was destroyed it says nothing.
func (s *Service) Said(r db.Reader, sealed ...Said) (map[string]Said, error) {
	records := make([]string, len(sealed))
	for i, x := range sealed {
		records[i] = keyOf(x.ID)
	}
	keys, err := s.vault.Keys(r, records)
	if err != nil {
		return nil, err
	}
	open := make(map[string]Said, len(sealed))
	for _, x := range sealed {
		k, known := keys[keyOf(x.ID)]
		switch {
		case !known && x.Name+x.Type != "":
			return nil, fmt.Errorf("%w (upload %.6s…)", crypt.ErrTampered, x.ID)
		case !known || k.Gone():
			open[x.ID] = Said{ID: x.ID}
		default:
			if open[x.ID], err = x.turn(k.Open); err != nil {
				return nil, err
			}
		}
	}
	return open, nil
}
