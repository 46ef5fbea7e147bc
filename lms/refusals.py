"""«No, because …»: the one way an action declines, in a sentence a person can read and act on."""


class Refusal(Exception):
    """An act that may not be done now. `sentence` is Vietnamese and plain; `code` is for tests and the journal."""

    def __init__(self, sentence: str, code: str = "refused") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.code = code
