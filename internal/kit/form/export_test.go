package form

// Tidied are answers as Check looks at them.
func Tidied(answers map[string]any) map[string]any {
	if out, ok := tidy(answers).(map[string]any); ok {
		return out
	}
	return map[string]any{}
}
