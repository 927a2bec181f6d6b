"""A questionnaire in the hands of its editors: rules, what languages differ in, preview, paper."""
