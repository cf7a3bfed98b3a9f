package db

import (
	"database/sql"
	"errors"
	"fmt"
	"iter"

	"github.com/stephenafamo/scan"
	"github.com/stephenafamo/scan/stdscan"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// ErrNone is what One and Value return when there is no row.
var ErrNone = errors.New("db: no row")

// All returns every row as a T, matching columns to fields by snake case or
// by the field's db tag. It never returns nil rows without an error.
func All[T any](r Reader, q string, args ...any) ([]T, error) {
	out, err := stdscan.All(r.ctx, r.x, structs[T](), r.db.text(q), plain(args)...)
	if out == nil && err == nil {
		out = []T{}
	}
	return out, classify(err)
}

// One returns the first row as a T, or ErrNone.
func One[T any](r Reader, q string, args ...any) (T, error) {
	v, err := stdscan.One(r.ctx, r.x, structs[T](), r.db.text(q), plain(args)...)
	return v, none(err)
}

// Find returns the first row as a T; what is the thing asked for, as people call
// it. Fault: NotFound when there is no row.
func Find[T any](r Reader, what i18n.Text, q string, args ...any) (T, error) {
	v, err := One[T](r, q, args...)
	switch {
	case errors.Is(err, ErrNone):
		return v, fault.Missing(what)
	case err != nil:
		return v, fmt.Errorf("%s: %w", what.EN, err)
	}
	return v, nil
}

// Value returns the single column of the first row, or ErrNone.
func Value[T any](r Reader, q string, args ...any) (T, error) {
	v, err := stdscan.One(r.ctx, r.x, scan.SingleColumnMapper[T], r.db.text(q), plain(args)...)
	return v, none(err)
}

// Values returns the single column of every row.
func Values[T any](r Reader, q string, args ...any) ([]T, error) {
	out, err := stdscan.All(r.ctx, r.x, scan.SingleColumnMapper[T], r.db.text(q), plain(args)...)
	if out == nil && err == nil {
		out = []T{}
	}
	return out, classify(err)
}

// Each yields the rows one by one, for exports that must not sit in memory.
func Each[T any](r Reader, q string, args ...any) iter.Seq2[T, error] {
	return stdscan.Each(r.ctx, r.x, structs[T](), r.db.text(q), plain(args)...)
}

func structs[T any]() scan.Mapper[T] {
	return scan.StructMapper[T](scan.WithTypeConverter(converter{}))
}

func none(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return ErrNone
	}
	return classify(err)
}
