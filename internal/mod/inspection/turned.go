package inspection

import (
	"encoding/json"
	"reflect"
)

// turned is what a change made of a record, by the names that its fields have in
// answers: what each was, and is now. The trail keeps it.
func turned(was, now any) (map[string]any, error) {
	before, err := fieldsOf(was)
	if err != nil {
		return nil, err
	}
	after, err := fieldsOf(now)
	detail := map[string]any{}
	for name, is := range after {
		if name != "changed_at" && !reflect.DeepEqual(before[name], is) {
			detail[name] = map[string]any{"was": before[name], "now": is}
		}
	}
	for name, was := range before {
		if _, there := after[name]; !there {
			detail[name] = map[string]any{"was": was, "now": nil}
		}
	}
	return detail, err
}

func fieldsOf(x any) (fields map[string]any, err error) {
	text, err := json.Marshal(x)
	if err == nil {
		err = json.Unmarshal(text, &fields)
	}
	return fields, err
}
