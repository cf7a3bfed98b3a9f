package job

import (
	"context"
	"errors"

	"qingfeng/internal/kit/db"
)

// Sweep does something with every record that find returns: some of those after a
// key, in the order of their keys, until there are none. do opens what transaction
// it needs. A record that fails holds up none of the others; what failed is returned
// in the end.
func Sweep[T any](ctx context.Context, d *db.DB, find func(r db.Reader, after string) ([]T, error), key func(T) string, do func(context.Context, T) error) error {
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
			after = key(x)
		}
	}
}
