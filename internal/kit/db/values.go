package db

import (
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"fmt"
	"reflect"
	"time"
)

// plain turns Go values into what both drivers store: times into
// milliseconds (the zero time into NULL), flags into 0 and 1, lists of
// strings into JSON, named strings and numbers into their kind.
func plain(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		out[i] = plainOne(a)
	}
	return out
}

func plainOne(a any) any {
	switch v := a.(type) {
	case nil, string, int64, []byte, float64:
		return v
	case time.Time:
		if v.IsZero() {
			return nil
		}
		return v.UnixMilli()
	case driver.Valuer:
		return v // the driver asks it
	case bool:
		if v {
			return int64(1)
		}
		return int64(0)
	}
	return plainKind(reflect.ValueOf(a))
}

func plainKind(v reflect.Value) any {
	switch v.Kind() {
	case reflect.String:
		return v.String()
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return v.Int()
	case reflect.Uint8, reflect.Uint16, reflect.Uint32:
		return int64(v.Uint()) //nolint:gosec // 32 bits always fit
	case reflect.Slice, reflect.Map, reflect.Struct:
		text, err := json.Marshal(v.Interface())
		if err != nil {
			panic(fmt.Sprintf("db: argument of type %s: %v", v.Type(), err))
		}
		if string(text) == "null" {
			return "[]"
		}
		return string(text)
	default:
		return v.Interface()
	}
}

// converter reads columns back into the types that plain takes apart.
type converter struct{}

// TypeToDestination chooses what a column is scanned into.
func (converter) TypeToDestination(t reflect.Type) reflect.Value {
	switch {
	case t == reflect.TypeFor[time.Time]():
		return reflect.ValueOf(&millis{})
	case reflect.PointerTo(t).Implements(reflect.TypeFor[sql.Scanner]()):
		return reflect.New(t)
	case t.Kind() == reflect.Slice && t.Elem().Kind() != reflect.Uint8, t.Kind() == reflect.Map, t.Kind() == reflect.Struct:
		return reflect.ValueOf(&jsonText{typ: t})
	}
	return reflect.New(t)
}

// ValueFromDestination returns what a field receives.
func (converter) ValueFromDestination(v reflect.Value) reflect.Value {
	switch d := v.Interface().(type) {
	case *millis:
		return reflect.ValueOf(d.t)
	case *jsonText:
		return d.val
	}
	return v.Elem()
}

// millis scans bigint milliseconds, NULL being the zero time.
type millis struct{ t time.Time }

// Scan implements sql.Scanner.
func (m *millis) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		m.t = time.Time{}
	case int64:
		m.t = time.UnixMilli(v).UTC()
	default:
		return fmt.Errorf("db: %T is not milliseconds", src)
	}
	return nil
}

// jsonText scans JSON text into a list, map or struct.
type jsonText struct {
	typ reflect.Type
	val reflect.Value
}

// Scan implements sql.Scanner.
func (j *jsonText) Scan(src any) error {
	p := reflect.New(j.typ)
	j.val = p.Elem()
	var text []byte
	switch v := src.(type) {
	case nil:
		return nil
	case string:
		text = []byte(v)
	case []byte:
		text = v
	default:
		return fmt.Errorf("db: %T is not JSON text", src)
	}
	if len(text) == 0 {
		return nil
	}
	return json.Unmarshal(text, p.Interface())
}
