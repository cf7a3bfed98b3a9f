package job

import (
	"context"
	"errors"

	"qingfeng/internal/kit/db"
)

// Each does something with every record that find finds after another, page by page,
// until it finds none. id is by what find goes on. One that fails holds up none of
// the others: what went wrong comes back together.
func Each[T any](ctx context.Context, d *db.DB, find func(r db.Reader, after string) ([]T, error), id func(T) string, do func(context.Context, T) error) error {
	var failed []error
	for after := ""; ; {
		var some []T
		err := d.Read(ctx, func(r db.Reader) (err error) {
			some, err = find(r, after)
			return err
		})
		if err != nil || len(some) == 0 {
			return errors.Join(append(failed, err)...)
		}
		for _, x := range some {
			failed = append(failed, do(ctx, x))
			after = id(x)
		}
	}
}
