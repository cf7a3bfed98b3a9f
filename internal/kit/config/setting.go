package config

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"qingfeng/internal/kit/authz"
	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

// Setting declares one setting. Values and the default are JSON.
type Setting struct {
	Key     string
	Default string
	Text    i18n.Text // what it means, for the person who changes it
	Unit    i18n.Text
	// Keeper is the permission of who changes it; empty for those who change
	// settings in general.
	Keeper authz.Permission
	// Check refuses a value that makes no sense.
	Check func(value string) error
}

// Key is a setting whose values are of type T.
type Key[T any] struct{ Setting }

// Define declares a setting of type T. Checks run on every new value, and on
// the default, which must pass them.
func Define[T any](key string, def T, text, unit i18n.Text, checks ...func(T) error) Key[T] {
	raw, err := json.Marshal(def)
	if err != nil {
		panic(fmt.Sprintf("config: default of %s: %v", key, err))
	}
	s := Setting{Key: key, Default: string(raw), Text: text, Unit: unit, Check: func(value string) error {
		return check(value, checks)
	}}
	if err := s.Check(s.Default); err != nil {
		panic(fmt.Sprintf("config: default of %s: %v", key, err))
	}
	return Key[T]{s}
}

func check[T any](value string, checks []func(T) error) error {
	v, err := decode[T](value)
	switch {
	case fault.Is(err, fault.Invalid):
		return err // the type says itself how it is written
	case err != nil:
		return fault.Field("value", i18n.T("值的格式不对", "the value is not in the right format")).
			WithFix(i18n.T("请照着当前值的写法填写", "write it the way the present value is written"))
	}
	for _, c := range checks {
		if err := c(v); err != nil {
			return err
		}
	}
	return nil
}

var errFormat = errors.New("config: null, or more than one value")

// decode is strict: encoding/json alone takes null for zero and drops a
// misspelt field, and either would change a limit without a word.
func decode[T any](value string) (v T, err error) {
	d := json.NewDecoder(strings.NewReader(value))
	d.DisallowUnknownFields()
	if err := d.Decode(&v); err != nil {
		return v, err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) || strings.TrimSpace(value) == "null" {
		return v, errFormat
	}
	return v, nil
}

// Between refuses numbers outside of [low, high].
func Between[T int | int64 | float64](low, high T) func(T) error {
	return func(v T) error {
		if v < low || v > high {
			return fault.Field("value", i18n.T("应在 %v 与 %v 之间", "must be between %v and %v"), low, high)
		}
		return nil
	}
}
