package intake_test

import (
	"slices"
	"testing"

	"qingfeng/internal/mod/intake"
	"qingfeng/internal/org/demand"
)

func TestQuestionsBelongToCategories(t *testing.T) {
	seen := map[string]bool{}
	for _, q := range intake.Questions() {
		if seen[q.Key] || q.Ask.Zero() || len(q.For) == 0 {
			t.Errorf("question %+v is asked twice, of nobody, or has no words", q)
		}
		seen[q.Key] = true
		for _, letter := range q.For {
			if _, _, ok := demand.Find(letter); !ok || len(letter) != 1 {
				t.Errorf("%s is asked for %q, which is no category", q.Key, letter)
			}
			if !slices.ContainsFunc(intake.QuestionsOf(letter+"01"), func(x intake.Question) bool { return x.Key == q.Key }) {
				t.Errorf("%s is not asked for an item of %s", q.Key, letter)
			}
		}
		if (q.Kind == intake.Choice) != (len(q.Choices) > 1) || (q.Kind == intake.Amount) != !q.Unit.Zero() {
			t.Errorf("%s is a %s with %d choices and unit %v", q.Key, q.Kind, len(q.Choices), q.Unit)
		}
	}
	if len(intake.QuestionsOf("")) != 0 || len(intake.QuestionsOf("S")) != 0 {
		t.Error("something is asked of who chose nothing, or of who gives thanks")
	}
}

func TestAnswersAreStoredWithTheirUnit(t *testing.T) {
	amount := question(t, "amount")
	for typed, want := range map[string]string{"2000": "2000 元", " 1,500.50 ": "1,500.50 元", "两千块": "两千块", "2000元": "2000元", "": "", "  ": ""} {
		if got := amount.Stored(typed); got != want {
			t.Errorf("%q is kept as %q, want %q", typed, got, want)
		}
	}
	if got := question(t, "drug").Stored(" 500 "); got != "500" {
		t.Errorf("the name of a drug got a unit: %q", got)
	}
}

func TestOnlyItsChoicesAreAnswers(t *testing.T) {
	form := question(t, "form")
	if !form.Knows("cash") || !form.Knows("") || form.Knows("gold") || !question(t, "item").Knows("anything") {
		t.Error("a choice takes what it does not offer, or a line does not take everything")
	}
}

func question(t *testing.T, key string) intake.Question {
	t.Helper()
	for _, q := range intake.Questions() {
		if q.Key == key {
			return q
		}
	}
	t.Fatalf("no question %s", key)
	return intake.Question{}
}
