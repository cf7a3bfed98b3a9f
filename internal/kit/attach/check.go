package attach

import (
	"context"

	"qingfeng/internal/kit/db"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/verify"
)

// perCheck is how many files a check reads at a time.
const perCheck = 500

// Checks are the second judge of files: their names open, and their copies are
// there, unless they were destroyed.
func (s *Service) Checks() []verify.Check {
	return []verify.Check{{Name: "files have their names and copies", Run: s.check}}
}

func (s *Service) check(ctx context.Context, r db.Reader, report func(string, ...any)) (n int, err error) {
	for after := ""; ; {
		files, err := db.All[File](r, `select * from attachment where id > $1 order by id limit $2`, after, perCheck)
		if err != nil || len(files) == 0 {
			return n, err
		}
		for _, f := range files {
			if err := s.open(r, []File{f}); err != nil {
				report("file %s: what it is called does not open: %v", f.ID, err)
			}
			if err := s.whole(ctx, f); err != nil {
				report("file %s: %v", f.ID, err)
			}
		}
		n, after = n+len(files), files[len(files)-1].ID
	}
}

// whole reports why a copy of a file cannot be read.
func (s *Service) whole(ctx context.Context, f File) error {
	sealed, err := s.sealed(ctx, f)
	if fault.Is(err, fault.Gone) {
		return nil // destroyed, as a step must say
	}
	if err != nil {
		return err
	}
	for _, at := range []string{f.Copy, f.Screen, f.Thumb} {
		if at == "" {
			continue
		}
		copied, _, err := sealed.Open(ctx, at)
		if err != nil {
			return err
		}
		_ = copied.Close() // nothing was written
	}
	return nil
}
