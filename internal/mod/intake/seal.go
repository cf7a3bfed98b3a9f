package intake

import (
	"maps"
	"slices"
	"time"

	"qingfeng/internal/kit/crypt"
	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
)

// The names under which the keys of a report are kept: one for what it says,
// one for who gave it, so that either can be destroyed alone.
func wordsKey(report string) string    { return "report/" + report }
func identityKey(report string) string { return "reporter/" + report }

// keys makes the key of a record: a vault's, within a transaction, or a batch's.
type keys func(record string) (crypt.Key, error)

// sealWords returns a report as it is stored. The report that was given stays
// as it is.
func sealWords(rep Report, key keys) (Report, error) {
	if !rep.Sealed {
		return rep, nil
	}
	k, err := key(wordsKey(rep.ID))
	if err != nil {
		return rep, err
	}
	return rep.words(k.Seal)
}

// Seal seals the words of a report that turned out to be sensitive after it was
// accepted.
func (s *Service) Seal(tx *db.Tx, id string) (err error) {
	defer fault.Wrap(&err, "intake.Seal(%s)", id)
	rep, err := reportAsStored(tx.Reader, id)
	if err != nil || rep.Sealed {
		return err
	}
	rep.Sealed = true
	kept, err := sealWords(rep, func(record string) (crypt.Key, error) { return s.Vault.Ensure(tx, record) })
	if err != nil {
		return err
	}
	return fault.First(
		func() error { return writeWords(tx, kept) },
		func() error { return s.Log.Protect(tx, reportLeaf, wordsKey(id), id) },
	)
}

// ForgetIdentity destroys for good who gave a report.
func (s *Service) ForgetIdentity(tx *db.Tx, id string, at time.Time) error {
	_, err := s.Vault.Destroy(tx, identityKey(id), at)
	return err
}

// ForgetWords destroys for good what a report says, which was sealed before, and
// what would tell whether somebody guesses it (kit/tlog).
func (s *Service) ForgetWords(tx *db.Tx, id string, at time.Time) error {
	_, err := s.Vault.Destroy(tx, wordsKey(id), at)
	return err
}

// openWords returns a report as it was given. Of one whose key was destroyed
// only the frame is left.
func (s *Service) openWords(r db.Reader, rep Report) (Report, error) {
	if !rep.Sealed {
		return rep, nil
	}
	k, err := s.Vault.Key(r, wordsKey(rep.ID))
	if err != nil && !fault.Is(err, fault.Gone) {
		return rep, err
	}
	return rep.opened(k)
}

// opened is openWords by a key, which may be destroyed.
func (rep Report) opened(k crypt.Key) (Report, error) {
	if k.Gone() {
		rep.Gone = true
		return rep.words(func(string, string) (string, error) { return "", nil })
	}
	return rep.words(k.Open)
}

// words passes each text of a report through f.
func (rep Report) words(f func(field, text string) (string, error)) (_ Report, err error) {
	for field, text := range map[string]*string{"narrative": &rep.Narrative, "wish": &rep.Wish, "about": &rep.About} {
		if *text, err = f(field, *text); err != nil {
			return rep, err
		}
	}
	rep.Answers = maps.Clone(rep.Answers)
	for _, question := range slices.Collect(maps.Keys(rep.Answers)) {
		if rep.Answers[question], err = f("answers."+question, rep.Answers[question]); err != nil {
			return rep, err
		}
	}
	return rep, nil
}

// sealIdentity returns an identity as it is stored. There must be one.
func sealIdentity(report string, who Identity, key keys) (Identity, error) {
	k, err := key(identityKey(report))
	if err != nil {
		return who, err
	}
	return who.parts(k.Seal)
}

// parts passes each part of an identity through f.
func (who Identity) parts(f func(field, text string) (string, error)) (_ Identity, err error) {
	if who.Name, err = f("name", who.Name); err != nil {
		return who, err
	}
	who.Phone, err = f("phone", who.Phone)
	return who, err
}
