package campaign

import (
	"encoding/json"
	"reflect"
)

// amended are the parts of a plan that an amendment changed, each with what stood
// there before and what stands there now.
func amended(titled string, was Content, title string, now Content) (map[string]any, error) {
	before, err := partsOfPlan(titled, was)
	if err != nil {
		return nil, err
	}
	after, err := partsOfPlan(title, now)
	changed := map[string]any{}
	for part, stands := range after {
		if !reflect.DeepEqual(before[part], stands) {
			changed[part] = map[string]any{"was": before[part], "now": stands}
		}
	}
	return map[string]any{"changed": changed}, err
}

// partsOfPlan is a plan as it is stored, by part.
func partsOfPlan(title string, c Content) (parts map[string]any, err error) {
	text, err := json.Marshal(c)
	if err == nil {
		err = json.Unmarshal(text, &parts)
	}
	if err == nil {
		parts["title"] = title
	}
	return parts, err
}
