"""Drawings are put where a lesson's clean HTML holds a place for them, and nowhere else."""


def test_a_place_gets_its_drawing_and_keeps_its_words(app):
    illustrated = app.jinja_env.filters["illustrated"]
    made = illustrated('<p>A</p><div class="phone-frame__picture d-rice">Bao gạo</div>')
    assert made.startswith('<p>A</p><div class="phone-frame__picture d-rice"><svg viewBox="0 0 160 120"')
    assert made.endswith("</svg>Bao gạo</div>") and "&lt;" not in made


def test_text_without_a_place_stays_as_it_is(app):
    clean = "<p>d-rice</p><div>x</div>"
    assert app.jinja_env.filters["illustrated"](clean) == clean
