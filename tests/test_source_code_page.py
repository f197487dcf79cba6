"""Code pages: names of many countries are read with their own letters."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.source_files import opened, rows_of, text_file

NAMES = [
    ("cp1252", "José García|Núñez Peña|Ángel Íñiguez"),
    ("cp1252", "Jürgen Groß|Björn Schäfer|Käthe Vögele"),
    ("cp1252", "Hélène Lefèvre|François Béranger|Zoë Gagné"),
    ("cp1252", "João Conceição|Inês Magalhães|Antônio Simões"),
    ("cp1252", "Åsa Sjöström|Søren Kjær|Bjørn Ødegård"),
    ("cp1250", "Łukasz Wójcik|Żaneta Święcicka|Małgorzata Dąbrowska"),
    ("cp1250", "Jiří Dvořák|Šárka Nováková|Věra Růžičková|Tomáš Kučera"),
    ("cp1254", "Gökhan Yıldız|Ayşe Şahin|İbrahim Güneş|Çağla Öztürk"),
    ("cp1251", "Иван Петров|Ольга Смирнова|Наталья Щербакова"),
    ("koi8-r", "Иван Петров|Ольга Смирнова|Наталья Щербакова"),
    ("cp1253", "Γιώργος Παπαδόπουλος|Μαρία Νικολάου|Ελένη Βασιλείου"),
    ("cp1255", "דוד כהן|שרה לוי|משה מזרחי"),
    ("cp1256", "محمد علي|فاطمة حسن|خالد العتيبي"),
    ("cp932", "山田太郎|佐藤花子|鈴木一郎"),
    ("gb18030", "王小明|李秀英|张伟|刘洋"),
    ("cp949", "김민수|이영희|박지훈"),
    ("mac-roman", "Hélène Lefèvre|François Béranger|Zoë Gagné|Jürgen Groß|Märta Öberg"),
]


@pytest.mark.parametrize(("code_page", "names"), NAMES)
def test_names_keep_their_letters(tmp_path: Path, code_page: str, names: str) -> None:
    rows = [[f"C{number}", name] for number, name in enumerate(names.split("|"))]
    text = "ID,Name\n" + "".join(f"{id_},{name}\n" for id_, name in rows)
    source = opened(text_file(tmp_path, text, encoding=code_page), [("ID",)])
    assert list(rows_of(source).values()) == rows
    assert "is a guess" in " ".join(source.notes)
