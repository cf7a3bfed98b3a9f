package casework

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"qingfeng/internal/kit/flow"
	"qingfeng/internal/kit/i18n"
	"qingfeng/internal/org/demand"
)

// Every step of the table is something that happens, and everything that
// happens has a name; so has what is left of a request.
func TestEveryEventHasAName(t *testing.T) {
	var happens []flow.Action
	for _, l := range life().Labels() {
		happens = append(happens, l.Name)
	}
	happens = append(happens, "returned") // what a unit gave back is not called taken back
	for _, name := range remarks() {
		if !strings.HasSuffix(name, "_"+granted) && !strings.HasSuffix(name, "_"+refused) {
			happens = append(happens, flow.Action(name))
		}
	}
	happens = append(happens, doGrantIdentity, doRefuseIdentity) // which end like the decisions on requests
	for _, kind := range []RequestKind{AskReturn, AskExtension, AskPause, AskHard, AskExclusion, AskReopen} {
		for _, state := range []string{granted, refused} {
			happens = append(happens, flow.Action(string(kind)+"_"+state))
		}
	}
	names := eventNames()
	for _, a := range happens {
		if !slices.ContainsFunc(names, func(n demand.Named[flow.Action]) bool { return n.Code == a && !n.Name.Zero() }) {
			t.Errorf("%s has no name", a)
		}
	}
	if len(names) != len(happens) {
		t.Errorf("%d names of %d events", len(names), len(happens))
	}
	if got := demand.NameOf(names, "extension_granted"); got != i18n.T("延期：同意", "More time: Granted") {
		t.Errorf("a decision is called %s", got)
	}
}

// No word of the dictionaries is missing in a language or given twice.
func TestEveryWordIsThere(t *testing.T) {
	d, err := (&Service{}).Dictionaries(t.Context(), struct{}{})
	if err != nil {
		t.Fatal(err)
	}
	lists := reflect.ValueOf(d)
	for i := range lists.NumField() {
		name, list, seen := lists.Type().Field(i).Name, lists.Field(i), map[string]bool{}
		if list.Len() == 0 {
			t.Errorf("%s is empty", name)
		}
		for j := range list.Len() {
			word := list.Index(j)
			text, ok := reflect.TypeAssert[i18n.Text](word.FieldByName("Name"))
			code := word.Field(0).String()
			if !ok || text.ZH == "" || text.EN == "" || code == "" || seen[code] {
				t.Errorf("%s: %q is called %+v, seen %t", name, code, text, seen[code])
			}
			seen[code] = true
		}
	}
}

// What a filter or a form takes is what the dictionary offers.
func TestTheDictionariesAreTheEnumerations(t *testing.T) {
	codes := func(tag reflect.StructTag) []string { return strings.Split(tag.Get("enum"), ",") }
	field := func(v any, name string) reflect.StructTag {
		f, ok := reflect.TypeOf(v).FieldByName(name)
		if !ok {
			t.Fatalf("no field %s", name)
		}
		return f.Tag
	}
	var waits []string
	for _, k := range waitNames() {
		waits = append(waits, k.Code)
	}
	for name, x := range map[string]struct{ got, want []string }{
		"states":    {of(stateNames()), codes(field(Filter{}, "State"))},
		"routes":    {of(routeNames()), codes(field(Filter{}, "Route"))},
		"waits":     {waits, codes(field(Filter{}, "Waits"))},
		"ways":      {of(wayNames()), codes(field(Disposition{}, "Way"))},
		"kinds":     {of(investigationNames()), codes(field(Investigation{}, "Kind"))},
		"targets":   {of(targetNames()), codes(field(DispatchRule{}, "Target"))},
		"decisions": {of(decisionNames()), codes(field(Request{}, "State"))},
		"contacted": {of(demand.Contacts()), codes(field(Answers{}, "Contacted"))},
		"solved":    {of(demand.Resolutions()), codes(field(Answers{}, "Solved"))},
		"satisfied": {of(demand.Satisfactions()), codes(field(Answers{}, "Satisfied"))},
	} {
		if !slices.Equal(x.got, x.want) {
			t.Errorf("%s: the dictionary has %v, the contract %v", name, x.got, x.want)
		}
	}
	for _, m := range codes(field(Callback{}, "Method")) {
		if !slices.Contains(of(methodNames()), m) {
			t.Errorf("the method %s has no name", m)
		}
	}
}

// of returns the codes of a list.
func of[T ~string](list []demand.Named[T]) []string {
	codes := make([]string, len(list))
	for i, n := range list {
		codes[i] = string(n.Code)
	}
	return codes
}
