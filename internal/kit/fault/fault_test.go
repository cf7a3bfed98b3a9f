package fault_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"qingfeng/internal/kit/fault"
	"qingfeng/internal/kit/i18n"
)

var text = i18n.T("太长，最多 %d 个字", "too long, at most %d characters")

func TestKindSurvivesWrapping(t *testing.T) {
	for _, k := range []fault.Kind{fault.Invalid, fault.Unauthenticated, fault.Forbidden, fault.NotFound, fault.Conflict, fault.TooLarge, fault.TooMany, fault.Unavailable} {
		err := fmt.Errorf("outer: %w", errors.Join(errors.New("other"), fault.New(k, text, 5)))
		if fault.KindOf(err) != k || !fault.Is(err, k) {
			t.Errorf("kind %d: KindOf = %d, Is = %v", k, fault.KindOf(err), fault.Is(err, k))
		}
		if fault.Is(err, k+1) {
			t.Errorf("kind %d is taken for the next", k)
		}
	}
}

// What nobody classified is Internal, but it is no fault whose text may be shown.
func TestUnclassifiedIsInternalAndNoFault(t *testing.T) {
	for _, err := range []error{nil, errors.New("secret")} {
		if fault.KindOf(err) != fault.Internal {
			t.Errorf("%v has kind %d", err, fault.KindOf(err))
		}
		if fault.Is(err, fault.Internal) {
			t.Errorf("%v is taken for a fault", err)
		}
	}
}

func TestWrapAddsContextOnceAndLeavesSuccessAlone(t *testing.T) {
	work := func(fail error) (err error) {
		defer fault.Wrap(&err, "gift.HandIn(%s)", "42")
		return fail
	}
	if err := work(nil); err != nil {
		t.Errorf("success became %v", err)
	}
	cause := fault.New(fault.Conflict, text, 5)
	err := work(cause)
	if !errors.Is(err, cause) || err.Error() != "gift.HandIn(42): too long, at most 5 characters" {
		t.Errorf("got %v", err)
	}
}

func TestErrorNamesEveryField(t *testing.T) {
	e := fault.Field("name", text, 5)
	e.Fields = []fault.Detail{{Field: "phone", Text: i18n.T("缺少", "missing")}}
	if got, want := e.Error(), "name: too long, at most 5 characters; phone: missing"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFieldsCollectsInOrder(t *testing.T) {
	var bad fault.Fields
	if err := bad.Err(); err != nil {
		t.Errorf("no complaint, yet %v", err)
	}
	bad.Refuse(false, "fine", text, 1)
	bad.Refuse(true, "first", text, 1)
	bad.Refuse(true, "second", text, 2)
	got, _ := errors.AsType[*fault.Error](bad.Err())
	want := &fault.Error{Kind: fault.Invalid, Field: "first", Text: text.With(1), Fields: []fault.Detail{{Field: "second", Text: text.With(2)}}}
	if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
		t.Error(diff)
	}
}

// Characters are counted, not bytes, and the longest text that is allowed is.
func TestAtMostCountsCharacters(t *testing.T) {
	var bad fault.Fields
	bad.AtMost(3, "name", "诉求人")
	bad.AtMost(0, "none", "")
	if err := bad.Err(); err != nil {
		t.Errorf("short enough, yet %v", err)
	}
	bad.AtMost(2, "name", "诉求人")
	got, _ := errors.AsType[*fault.Error](bad.Err())
	if got == nil || got.Field != "name" || got.Text != i18n.T("最多 2 个字，现在有 3 个", "at most 2 characters; there are 3") {
		t.Errorf("got %+v", got)
	}
}

func TestFixAndMissingAreBilingual(t *testing.T) {
	e := fault.New(fault.TooLarge, text, 5).WithFix(i18n.T("删到 %d 个字", "cut it to %d characters"), 5)
	if e.Fix != i18n.T("删到 5 个字", "cut it to 5 characters") || e.Text != i18n.T("太长，最多 5 个字", "too long, at most 5 characters") {
		t.Errorf("got %+v", e)
	}
	m, _ := errors.AsType[*fault.Error](fault.Missing(i18n.T("诉求", "case")))
	if m.Kind != fault.NotFound || m.Text != i18n.T("没有找到诉求，或您无权查看", "case not found, or not yours to see") {
		t.Errorf("got %+v", m)
	}
}
